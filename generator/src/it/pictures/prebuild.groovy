// Draws two classes of small JPEGs: bright skies and dark ones, no two alike.
import java.awt.Color
import java.awt.GradientPaint
import java.awt.image.BufferedImage
import javax.imageio.ImageIO

def draw = { String path, int brightness ->
    def image = new BufferedImage(48, 32, BufferedImage.TYPE_INT_RGB)
    def graphics = image.createGraphics()
    graphics.paint = new GradientPaint(0, 0, new Color(brightness, brightness, brightness + 20), 0, 32, new Color(20, 60, 20))
    graphics.fillRect(0, 0, 48, 32)
    graphics.dispose()
    def file = new File(basedir, path)
    file.parentFile.mkdirs()
    assert ImageIO.write(image, 'jpg', file)
}
for (i in 0..<15) {
    draw("photos/day/${i}.jpg", 160 + 5 * i)
    draw("photos/night/${i}.jpg", 5 * i)
}
draw('mine/noon.jpg', 233)
draw('mine/midnight.jpg', 3)
draw('broken/whole.jpg', 100)
new File(basedir, 'broken/cut.jpg').bytes = [0xff, 0xd8, 0xff] as byte[]
new File(basedir, 'broken/page.jpg').text = '<html>'
return true
