package lazaret.web;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;

/// The style sheet, the module of script and the mark. Each is made of files of the program, and
/// its address contains its SHA-256, so that a browser may keep it. Immutable.
final class AssetFiles {
  private static final String FOLDER = "/lazaret/web/";
  private static final String PREFIX = "/desk/assets/";

  private final Map<String, WebResponse> byPath;
  private final Map<String, String> paths;
  private final Map<String, String> icons;

  private AssetFiles(
      Map<String, WebResponse> byPath, Map<String, String> paths, Map<String, String> icons) {
    this.byPath = byPath;
    this.paths = paths;
    this.icons = icons;
  }

  /// Reads the files of the program.
  ///
  /// @throws IllegalStateException if one is missing
  static AssetFiles load() {
    Map<String, WebResponse> byPath = new HashMap<>();
    Map<String, String> paths = new HashMap<>();
    text("assets.txt")
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> List.of(line.split(" ")))
        .forEach(
            words -> {
              String name = words.getFirst();
              Bytes content = content(name, words.subList(1, words.size()));
              String path = PREFIX + Sha256.of(content).hex() + "/" + name;
              paths.put(name, path);
              byPath.put(path, WebResponse.asset(type(name), content));
            });
    return new AssetFiles(Map.copyOf(byPath), Map.copyOf(paths), icons());
  }

  private static Bytes content(String name, List<String> parts) {
    List<String> texts = new ArrayList<>();
    parts.forEach(part -> texts.add(text(part)));
    return Bytes.utf8(
        name.endsWith(".js")
            ? texts.stream().map(AssetFiles::withoutImports).collect(Collectors.joining())
            : String.join("", texts));
  }

  /// Returns a module without its imports and exports, because all modules become one.
  private static String withoutImports(String module) {
    return module
        .lines()
        .filter(line -> !line.startsWith("import "))
        .map(line -> line.startsWith("export ") ? line.substring("export ".length()) : line)
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String type(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "css" -> "text/css; charset=utf-8";
      case "js" -> "text/javascript; charset=utf-8";
      case "svg" -> "image/svg+xml";
      default -> throw new IllegalStateException("no type for " + name);
    };
  }

  private static Map<String, String> icons() {
    Map<String, String> icons = new LinkedHashMap<>();
    text("icons.svg")
        .lines()
        .filter(line -> line.startsWith("<symbol id=\"i-"))
        .forEach(line -> icons.put(line.substring(14, line.indexOf('"', 14)), line));
    return icons;
  }

  private static String text(String name) {
    try (InputStream in = AssetFiles.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IllegalStateException("the program was built without " + name);
      }
      return Bytes.of(in.readAllBytes()).text();
    } catch (IOException e) {
      throw new IllegalStateException("the program's own files cannot be read", e);
    }
  }

  /// Returns the file of a path, or empty if there is none.
  Optional<WebResponse> find(String path) {
    return Optional.ofNullable(byPath.get(path));
  }

  /// Returns the path of a file.
  ///
  /// @param name such as `desk.css`
  String path(String name) {
    return Optional.ofNullable(paths.get(name)).orElseThrow();
  }

  /// Returns the symbols of some icons as SVG.
  ///
  /// @param names the names without `i-`
  /// @throws java.util.NoSuchElementException if there is no such icon
  String symbols(List<String> names) {
    return names.stream()
        .distinct()
        .map(name -> Optional.ofNullable(icons.get(name)).orElseThrow())
        .collect(Collectors.joining("\n"));
  }
}
