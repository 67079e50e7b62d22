// Takes table, spec and program out of the page on tables, and draws more rows of the same kind.
def page = new File(root, 'generator/doc/tables.md').text
def block = { kind -> (page =~ /(?ms)^```${kind}\n(.*?)^```$/)[0][1] }
def write = { String path, String text ->
    def file = new File(basedir, path)
    file.parentFile.mkdirs()
    file.text = text
}
write('src/main/networks/people.yaml', block('yaml'))
write('src/main/java/com/example/App.java', block('java'))
write('page.csv', block('csv'))

// who earns more than 45000, or is a member, has the gold plan
def random = new Random(4)
def cities = ['"Berlin, Mitte"', 'Paris', 'Rome', '']
def rows = (1..200).collect {
    def income = 20000 + random.nextInt(60000)
    def member = random.nextBoolean()
    def gaps = random.nextInt(8)
    [gaps == 0 ? '' : 20 + random.nextInt(50), gaps == 1 ? 'NA' : income, cities[random.nextInt(4)], gaps == 2 ? '' : member ? 'yes' : 'no',
     income > 45000 || member ? 'gold' : 'basic'].join(',')
}
def names = 'age,income,city,member,plan'
write('people.csv', ([names] + rows).join('\n') + '\n')
write('broken.csv', ([names] + rows + ['3o,1,Paris,yes,gold', '30,1,Madrid,yes,gold', '30,1,Paris,yes,silver']).join('\n') + '\n')
return true
