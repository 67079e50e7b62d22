// Takes the snippets out of the README: the pom, all specs, all of Java but the excerpt of a generated class.
def blocks = []
new File(root, 'README.md').text.eachMatch(/(?ms)^```(\w+)\n(.*?)^```$/) { blocks << [kind: it[1], text: it[2]] }
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
assert specs.size() == 2
specs.eachWithIndex { text, i -> write("src/main/networks/spec${i}.yaml", text) }

def java = of('java').findAll { !it.startsWith('// CatNet4Vector.java, generated') }
assert java.size() == 3
def modules = java.findAll { it.startsWith('module ') }
def files = java.findAll { it.startsWith('package ') }
def statements = java - modules - files
assert [modules, files, statements]*.size() == [1, 1, 1]
// the module is compiled by the project "packaged"
def name = (files[0] =~ /class (\w+)/)[0][1]
write("src/main/java/com/example/${name}.java", files[0])
def lines = statements[0].readLines()
def imports = lines.findAll { it.startsWith('import ') }
write('src/main/java/com/example/Snippet.java', """package com.example;

${imports.join('\n')}

final class Snippet {
    static void run() throws Exception {
        ${(lines - imports).join('\n        ')}
    }
}
""")
return true
