package org.hopscope.installer;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hopscope.assets.Assets;

/**
 * Wraps an image into a Debian package of plain files: no script runs when it is installed or removed, so that it needs
 * no desktop to be there. Menus, icons and file types are picked up by the triggers of whatever desktop is.
 */
final class DebianPackage {
  private static final String COMPRESSION = "-Zzstd";

  private final Recipe recipe;
  private final Path root;

  DebianPackage(Recipe recipe) {
    this.recipe = recipe;
    this.root = recipe.output().resolve("deb");
  }

  Path write() throws IOException, InterruptedException {
    String architecture = architecture();
    AppImage.delete(root);
    copyTree(recipe.image(), root.resolve("opt/hopscope"));
    for (String launcher : List.of("hopscope", "hopscope-cli")) {
      Path link = root.resolve("usr/bin").resolve(launcher);
      Files.createDirectories(link.getParent());
      Files.createSymbolicLink(link, Path.of("/opt/hopscope/bin", launcher));
    }
    text("usr/share/applications/hopscope.desktop", resource("hopscope.desktop"));
    text("usr/share/mime/packages/hopscope.xml", resource("hopscope-mime.xml"));
    text("usr/share/doc/hopscope/copyright", resource("copyright") + "\n" + Assets.thirdParty());
    icons();
    long kilobytes = size() / 1024;
    text("DEBIAN/control",
        resource("control").replace("@version@", recipe.version()).replace("@architecture@", architecture)
            .replace("@size@", Long.toString(kilobytes)));
    text("DEBIAN/md5sums", sums());
    Path deb = recipe.output().resolve("hopscope_" + recipe.version() + "_" + architecture + ".deb");
    Command.run(List.of("dpkg-deb", "--root-owner-group", COMPRESSION, "--build", root.toString(), deb.toString()),
        Map.of());
    AppImage.delete(root);
    return deb;
  }

  private static String architecture() {
    return switch (System.getProperty("os.arch")) {
      case "amd64" -> "amd64";
      case "aarch64" -> "arm64";
      case String other -> other;
    };
  }

  private void icons() throws IOException {
    Path theme = root.resolve("usr/share/icons/hicolor");
    for (URL icon : Assets.icons()) {
      String name = icon.getPath();
      String size = name.substring(name.lastIndexOf('-') + 1, name.lastIndexOf('.'));
      copy(icon, theme.resolve(size + "x" + size).resolve("apps/hopscope.png"));
    }
    copy(Assets.scalableIcon(), theme.resolve("scalable/apps/hopscope.svg"));
  }

  private static void copy(URL from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    try (InputStream in = from.openStream()) {
      Files.copy(in, to);
    }
  }

  private static void copyTree(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES,
            java.nio.file.LinkOption.NOFOLLOW_LINKS);
      }
    }
  }

  private void text(String path, String content) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = DebianPackage.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> Files.isRegularFile(file, java.nio.file.LinkOption.NOFOLLOW_LINKS))
          .filter(file -> !file.startsWith(root.resolve("DEBIAN"))).sorted().toList();
    }
  }

  private long size() throws IOException {
    long bytes = 0;
    for (Path file : files()) {
      bytes += Files.size(file);
    }
    return bytes;
  }

  private String sums() throws IOException {
    try {
      var lines = new StringBuilder();
      for (Path file : files()) {
        byte[] sum = MessageDigest.getInstance("MD5").digest(Files.readAllBytes(file));
        lines.append(HexFormat.of().formatHex(sum)).append("  ").append(root.relativize(file)).append('\n');
      }
      return lines.toString();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has MD5", e);
    }
  }
}
