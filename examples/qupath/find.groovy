// What a model finds in the fields of a slide that is open in QuPath: a tile for each field of the selected annotation, or
// of the whole slide if none is selected, with its class and probabilities.
// Research use only. Not a diagnosis.
import ai.djl.modality.cv.Image
import ai.djl.modality.cv.ImageFactory
import ai.djl.repository.zoo.Criteria
import dev.medzoo.translate.finding.Finding
import dev.medzoo.zoo.MedZoo
import dev.medzoo.zoo.store.Store
import qupath.lib.objects.PathObjects
import qupath.lib.objects.classes.PathClass
import qupath.lib.regions.RegionRequest
import qupath.lib.roi.ROIs

import static qupath.lib.scripting.QP.addObjects
import static qupath.lib.scripting.QP.getCurrentServer
import static qupath.lib.scripting.QP.getSelectedObject

// The store, the model, and the scale of its training pictures: docs/slides.md.
String store = System.getProperty('medzoo.store', 'https://models.example/store')
String model = 'breast-idc'
double micrometresPerPixel = 4
int side = 50

def server = getCurrentServer()
double pixel = server.getPixelCalibration().getAveragedPixelSizeMicrons()
if (Double.isNaN(pixel)) {
    throw new IllegalArgumentException('scale: none (expected: micrometres a pixel; set the image\'s pixel size first)')
}
double downsample = micrometresPerPixel / pixel
int field = Math.round(side * downsample) as int
def inside = getSelectedObject()?.getROI()

def criteria = Criteria.builder()
        .setTypes(Image, Finding)
        .optModelZoo(new MedZoo(Store.open(store)))
        .optGroupId('dev.medzoo')
        .optArtifactId(model)
        .build()
def tiles = []
try (def loaded = criteria.loadModel(); def predictor = loaded.newPredictor()) {
    for (int y = 0; y + field <= server.getHeight(); y += field) {
        for (int x = 0; x + field <= server.getWidth(); x += field) {
            if (inside != null && !inside.contains(x + field / 2d, y + field / 2d)) {
                continue
            }
            def request = RegionRequest.createInstance(server.getPath(), downsample, x, y, field, field)
            def picture = ImageFactory.getInstance().fromImage(server.readRegion(request))
            Finding finding = predictor.predict(picture)
            boolean isAnswer = !finding.abstained() && !finding.isUnlikeTraining()
            def tile = PathObjects.createTileObject(
                    ROIs.createRectangleROI(x, y, field, field),
                    isAnswer ? PathClass.fromString(finding.label()) : null,
                    null)
            tile.setName(finding.isUnlikeTraining() ? 'unlike the training pictures' : isAnswer ? finding.label() : 'no answer')
            finding.probabilities().each { tile.getMeasurementList().put('probability of ' + it.label(), it.probability()) }
            tiles << tile
        }
    }
}
addObjects(tiles)
println "${tiles.size()} fields, of which ${tiles.count { it.getPathClass() != null }} have an answer. ${Finding.NOTICE}"
