def log = new File(basedir, 'build.log').text
assert log.contains('model.h5: no model: expected that of a training: found nothing: run layerc:train -Dlayerc.network=Sky first')
assert log.contains('test set: 6 of 30 pictures, a fifth of each class, drawn with seed 1')
assert log.contains('classes: 0 = day, 1 = night')
assert log.contains('test accuracy: 1.0000 (6 of 6)')
assert log =~ /midnight\.jpg  night  +[01]\.\d{4}/
assert log =~ /noon\.jpg      day  +[01]\.\d{4}/

// the predictions of before, as the later ones failed
def lines = new File(basedir, 'target/layerc/Sky/predictions.csv').readLines()
assert lines[0] == 'input,class,class_name,p_0,p_1'
assert lines[1].startsWith('midnight.jpg,1,night,') && lines[2].startsWith('noon.jpg,0,day,') && lines.size() == 3

def broken = new File(basedir, 'broken').path
assert log.contains("${broken}/cut.jpg: damaged or unsupported picture: expected a JPEG file that can be decoded: found ")
assert log.contains("${broken}/page.jpg: not a picture: expected PNG, JPEG or GIF: found a file that starts with 3c 68 74 6d 6c 3e")
assert log.contains("2 errors in ${broken}")
assert log.contains('a picture, a folder or a file of samples must be given: -Dlayerc.input=...')
assert !log.contains('\tat ')
return true
