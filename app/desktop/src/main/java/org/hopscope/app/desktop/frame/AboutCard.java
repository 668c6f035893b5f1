package org.hopscope.app.desktop.frame;

import java.util.Optional;
import javafx.scene.control.ScrollPane;
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
    VBox list = new VBox(12, new LicencesView(Assets.thirdParty()),
        Kit.paragraph(Assets.fontLicences(), "licence-text"));
    ScrollPane parts = new ScrollPane(list);
    parts.setFitToWidth(true);
    parts.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    parts.setPrefViewportHeight(300);
    parts.getStyleClass().add("reading");
    parts.setFocusTraversable(true);
    parts.setAccessibleText(Messages.text("about.parts"));
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
