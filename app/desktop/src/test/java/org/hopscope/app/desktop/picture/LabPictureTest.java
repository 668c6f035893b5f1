package org.hopscope.app.desktop.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import javafx.scene.image.Image;
import javafx.scene.paint.Color;
import javafx.stage.Stage;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.hopscope.app.desktop.canvas.SampleLabs;
import org.hopscope.app.desktop.theme.Role;
import org.hopscope.app.desktop.theme.Theme;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Notes;
import org.hopscope.model.lab.Remark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.w3c.dom.NodeList;

/** The picture of a lab in files. */
@ExtendWith(ApplicationExtension.class)
class LabPictureTest {
  @Start
  void start(Stage stage) {
    assertThat(stage).isNotNull();
  }

  @ParameterizedTest
  @EnumSource(Theme.class)
  void an_svg_is_well_formed_and_says_what_the_screen_says(Theme theme) throws Exception {
    String svg = new String(new LabPicture(SampleLabs.named("machines"), theme).svg(), StandardCharsets.UTF_8);
    NodeList texts = DocumentBuilderFactory.newInstance().newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8))).getElementsByTagName("text");
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < texts.getLength(); i++) {
      words.append(texts.item(i).getTextContent()).append('\n');
    }
    assertThat(words.toString()).contains("outside\n", "web\n", "br0\n", "10.88.0.2/24\n", "NO-CARRIER\n");
    assertThat(svg).isEqualTo(
        new String(new LabPicture(SampleLabs.named("machines"), theme).svg(), StandardCharsets.UTF_8));
  }

  @Test
  void what_people_write_cannot_break_an_svg() throws Exception {
    LabState lab = SampleLabs.named("empty");
    Remark note = new Remark("n", Remark.Kind.NOTE, "<script> & \u0007 \"quoted\"", new Notes.Place(0, -200), 300, 90);
    LabState noted = lab.withNotes(lab.notes().withRemarks(lab.notes().remarks().plus("n", note)));
    var document = DocumentBuilderFactory.newInstance().newDocumentBuilder()
        .parse(new ByteArrayInputStream(new LabPicture(noted, Theme.LIGHT).svg()));
    assertThat(document.getElementsByTagName("script").getLength()).isZero();
  }

  @Test
  void a_pdf_is_one_page_that_says_what_the_screen_says() throws Exception {
    try (PDDocument pdf = Loader.loadPDF(new LabPicture(SampleLabs.named("machines"), Theme.DARK).pdf())) {
      assertThat(pdf.getNumberOfPages()).isEqualTo(1);
      assertThat(new PDFTextStripper().getText(pdf)).contains("outside", "web", "br0", "10.88.0.2/24", "NO-CARRIER");
    }
  }

  @Test
  void what_people_write_in_any_script_can_be_in_a_pdf() throws Exception {
    LabState lab = SampleLabs.named("empty");
    Remark note = new Remark("n", Remark.Kind.NOTE, "\u65e5\u672c \u0007 naïve", new Notes.Place(0, -200), 300, 90);
    LabState noted = lab.withNotes(lab.notes().withRemarks(lab.notes().remarks().plus("n", note)));
    try (PDDocument pdf = Loader.loadPDF(new LabPicture(noted, Theme.LIGHT).pdf())) {
      assertThat(new PDFTextStripper().getText(pdf)).contains("naïve");
    }
  }

  @Test
  void a_png_has_the_size_asked_for_and_the_colour_of_the_theme(FxRobot robot) {
    robot.interact(() -> {
      Image one = new Image(new ByteArrayInputStream(new LabPicture(SampleLabs.named("pair"), Theme.DARK).png(1)));
      Image two = new Image(new ByteArrayInputStream(new LabPicture(SampleLabs.named("pair"), Theme.DARK).png(2)));
      assertThat(two.getWidth()).isBetween(2 * one.getWidth() - 2, 2 * one.getWidth());
      Color ground = Theme.DARK.color(Role.CANVAS);
      assertThat(one.getPixelReader().getColor(1, 1)).isEqualTo(ground);
    });
  }
}
