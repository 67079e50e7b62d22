// Takes the snippets out of the README and the pages that it points at: the pom, all specs, all of Java but the excerpt of a generated class.
def pages = ['README.md', 'generator/doc/spec.md', 'generator/doc/tables.md', 'runtime/doc/java.md', 'generated-sources/doc/notebook.md']
def blocks = []
pages.each { page ->
    new File(root, page).text.eachMatch(/(?ms)^```(\w+)\n(.*?)^```$/) { blocks << [kind: it[1], text: it[2]] }
}
def of = { kind -> blocks.findAll { it.kind == kind }*.text }
def write = { String path, String text ->
    def file = new File(basedir, path)
    file.parentFile.mkdirs()
    file.text = text
}

def poms = of('xml')
assert poms.size() == 1
// the only thing that is changed: no plugins but those that the build of layerc uses, too, are in the repository of this build
def pins = """<pluginManagement><plugins><plugin>
      <artifactId>maven-resources-plugin</artifactId><version>${resourcesVersion}</version>
    </plugin></plugins></pluginManagement>"""
assert poms[0].count('<build>') == 1
write('pom.xml', poms[0].replace('<build>', '<build>' + pins))

def specs = of('yaml')
assert specs.size() == 4
specs.eachWithIndex { text, i -> write("src/main/networks/spec${i}.yaml", text) }

def java = of('java').findAll { !it.startsWith('// CatNet4Vector.java, generated') }
def modules = java.findAll { it.startsWith('module ') }
def files = java.findAll { it.startsWith('package ') }
def statements = java - modules - files
// the module is compiled by the project "packaged"
assert modules.size() == 1
assert files.size() == 2
assert statements.size() >= 2
files.each { text ->
    def name = (text =~ /class (\w+)/)[0][1]
    write("src/main/java/com/example/${name}.java", text)
}
statements.eachWithIndex { text, i ->
    def lines = text.readLines()
    def imports = lines.findAll { it.startsWith('import ') }
    write("src/main/java/com/example/Snippet${i}.java", """package com.example;

${imports.join('\n')}

final class Snippet${i} {
    static void run() throws Exception {
        ${(lines - imports).join('\n        ')}
    }
}
""")
}
return true
