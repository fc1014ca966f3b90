package lazaret.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import lazaret.vetting.Bytes;

/// All assets of the desk. Each is made from one or more files of the program, which `assets.txt`
/// lists; `MARKUP.md` of the module describes the use. Thread-safe.
public final class AssetSet {
  private static final String LIST = "assets.txt";

  private final Map<String, AssetFile> byName;

  private AssetSet(Map<String, AssetFile> byName) {
    this.byName = Collections.unmodifiableMap(byName);
  }

  /// Makes the assets from the files of the program.
  ///
  /// @throws IllegalStateException if a file of the list is missing
  public static AssetSet load() {
    Map<String, AssetFile> byName = new LinkedHashMap<>();
    for (String line : read(LIST).lines().toList()) {
      if (!line.startsWith("#")) {
        List<String> words = List.of(line.split(" ", -1));
        String name = words.getFirst();
        byName.put(name, join(name, words.subList(1, words.size())));
      }
    }
    return new AssetSet(byName);
  }

  private static AssetFile join(String name, List<String> sources) {
    String text =
        sources.stream().map(AssetSet::read).map(CompactText::of).collect(Collectors.joining());
    return AssetFile.of(name, Bytes.utf8(text));
  }

  /// Returns the text of a file next to this class.
  static String read(String file) {
    try (InputStream in = AssetSet.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("the program was built without " + file);
      }
      return Bytes.of(in.readAllBytes()).text();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /// Returns the asset of a name, for the head of a page.
  ///
  /// @throws IllegalArgumentException if there is none
  public AssetFile file(String name) {
    AssetFile file = byName.get(name);
    if (file == null) {
      throw new IllegalArgumentException(
          "cannot find asset " + name + ": expected one of " + byName.keySet());
    }
    return file;
  }

  /// Returns the asset of a requested path.
  ///
  /// @param path the path of the address with digest and name, as in [AssetFile#path]
  /// @return empty if no asset of this program has the path, for example one of an earlier program
  public Optional<AssetFile> find(String path) {
    return byName.values().stream().filter(file -> file.path().equals(path)).findFirst();
  }

  /// Returns all assets in the order of the list.
  public Collection<AssetFile> files() {
    return byName.values();
  }
}
