package org.hopscope.app.desktop.frame;

import java.util.Optional;
import javafx.scene.control.TextArea;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.hopscope.app.desktop.kit.Kit;
import org.hopscope.app.desktop.kit.Mark;
import org.hopscope.app.desktop.kit.Messages;
import org.hopscope.assets.Assets;

/** What Hopscope is, whom it thanks, and under which licences it and its parts come. */
public final class AboutCard extends VBox {
  public AboutCard() {
    getStyleClass().add("about");
    setMaxWidth(560);
    HBox title = new HBox(10, new Mark(), Kit.label(Messages.text("app.name"), "about-name"),
        Kit.label(version(), "faint"));
    title.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
    TextArea parts = new TextArea(Assets.thirdParty() + "\n\n" + Assets.fontLicences());
    parts.setEditable(false);
    parts.setWrapText(true);
    parts.getStyleClass().add("licences");
    parts.setAccessibleText(Messages.text("about.parts"));
    parts.setPrefRowCount(14);
    getChildren().addAll(title, Kit.paragraph(Messages.text("about.what")),
        Kit.paragraph(Messages.text("about.licence")),
        Kit.paragraph(Messages.text("about.credit")), Kit.label(Messages.text("about.parts"), "section-title"), parts);
  }

  /** The version of this build; where it was not packaged, that it was not. */
  public static String version() {
    return Optional.ofNullable(AboutCard.class.getPackage().getImplementationVersion())
        .orElseGet(() -> Messages.text("about.unpackaged"));
  }
}
