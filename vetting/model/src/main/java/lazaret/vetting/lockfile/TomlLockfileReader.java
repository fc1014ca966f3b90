package lazaret.vetting.lockfile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.lockfile.RawLockfile.RawPackage;
import lazaret.vetting.toml.TomlReader;
import lazaret.vetting.toml.TomlScalar;
import lazaret.vetting.toml.TomlVisitor;
import org.jspecify.annotations.Nullable;

/// A reader of the TOML of lockfiles. Its messages state the faults of files that are not
/// lockfiles. Unknown keys are ignored, as in cargo.
///
/// Packages must be tables with headers, as cargo has always written them; inline tables are
/// refused. If cargo accepts the document as well, both read the same content. A document with a
/// duplicate key may be accepted here, while cargo refuses it.
final class TomlLockfileReader implements TomlVisitor {
  private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,8}");
  private static final Set<String> TEXTS = Set.of("name", "version", "source", "checksum");

  private enum Table {
    DOCUMENT,
    PACKAGE,
    ROOT,
    METADATA,
    IGNORED
  }

  private final List<RawPackage> packages = new ArrayList<>();
  private final Map<String, String> metadata = new HashMap<>();
  private final Map<String, String> texts = new HashMap<>();
  private final List<String> dependencies = new ArrayList<>();
  private @Nullable Long version;
  private @Nullable RawPackage root;
  private boolean sawMetadata;
  private Table table = Table.DOCUMENT;

  /// The package that is not complete yet. Tables of future formats may follow within it.
  private @Nullable Table open;

  private TomlLockfileReader() {}

  /// Parses a lockfile.
  ///
  /// @throws MalformedException if the text is not TOML or not a lockfile
  static RawLockfile read(Bytes file) {
    return TomlReader.read(file, new TomlLockfileReader())
        .orElseThrow(
            fault ->
                malformed(
                    "line %d, column %d: %s"
                        .formatted(fault.line(), fault.column(), fault.detail())))
        .whole();
  }

  private RawLockfile whole() {
    endPackage();
    if (root != null) {
      packages.addFirst(root);
    }
    return new RawLockfile(version, packages, metadata);
  }

  @Override
  public void table(List<String> path, boolean element) {
    if (path.size() > 1 && isWithinPackage(path)) {
      // A table in place of a value that must be a text: `[package.name]`.
      refuseKnown(path.get(1));
      table = Table.IGNORED;
      return;
    }
    endPackage();
    table = path.size() > 1 ? nested(path) : topLevel(path.getFirst(), element);
    open = table == Table.PACKAGE || table == Table.ROOT ? table : null;
  }

  private boolean isWithinPackage(List<String> path) {
    String first = path.getFirst();
    return first.equals("package") || first.equals("root");
  }

  private static Table nested(List<String> path) {
    if (path.getFirst().equals("metadata") || path.getFirst().equals("version")) {
      throw malformed("'" + path.getFirst() + "' has a table within");
    }
    return Table.IGNORED;
  }

  private Table topLevel(String name, boolean element) {
    return switch (name) {
      case "package" -> {
        require(element, "'package' is not an array of tables");
        yield Table.PACKAGE;
      }
      case "root" -> {
        require(!element, "'root' is not a table");
        require(root == null, "'root' occurs twice");
        yield Table.ROOT;
      }
      case "metadata" -> {
        require(!element && !sawMetadata, "'metadata' is not a table, or occurs twice");
        sawMetadata = true;
        yield Table.METADATA;
      }
      case "version" -> throw malformed("'version' is not an integer");
      default -> Table.IGNORED;
    };
  }

  @Override
  public void value(List<String> path, TomlScalar value) {
    switch (table) {
      case DOCUMENT -> documentValue(path, value);
      case PACKAGE, ROOT -> packageValue(path, value);
      case METADATA -> {
        boolean plain = path.size() == 2 && isText(value) && !value.element();
        require(plain, "'metadata' has a value that is not a string");
        require(metadata.put(path.get(1), value.text()) == null, "'metadata' has a key twice");
      }
      case IGNORED -> {}
    }
  }

  private void documentValue(List<String> path, TomlScalar value) {
    switch (path.getFirst()) {
      case "version" -> {
        boolean number =
            path.size() == 1
                && value.kind() == TomlScalar.Kind.OTHER
                && !value.element()
                && NUMBER.matcher(value.text()).matches();
        require(number, "'version' is not an integer");
        require(version == null, "'version' occurs twice");
        version = Long.valueOf(value.text());
      }
      case "package" -> throw malformed("'package' is not an array of tables with headers");
      case "root", "metadata" ->
          throw malformed("'" + path.getFirst() + "' is not a table with a header");
      default -> {
        // A key of a future format.
      }
    }
  }

  private void packageValue(List<String> path, TomlScalar value) {
    String key = path.get(1);
    if (TEXTS.contains(key)) {
      require(
          path.size() == 2 && isText(value) && !value.element(), "'" + key + "' is not a string");
      require(texts.put(key, value.text()) == null, "'" + key + "' occurs twice");
    } else if (key.equals("dependencies")) {
      require(
          path.size() == 2 && isText(value) && value.element(),
          "'dependencies' is not an array of strings");
      dependencies.add(value.text());
    }
  }

  private static boolean isText(TomlScalar value) {
    return value.kind() == TomlScalar.Kind.STRING;
  }

  private static void refuseKnown(String key) {
    require(!TEXTS.contains(key), "'" + key + "' is not a string");
    require(!key.equals("dependencies"), "'dependencies' is not an array of strings");
  }

  private void endPackage() {
    if (open == null) {
      return;
    }
    @Nullable String name = texts.get("name");
    @Nullable String packageVersion = texts.get("version");
    if (name == null || packageVersion == null) {
      throw malformed("a package lacks its name or version");
    }
    var ended =
        new RawPackage(
            name, packageVersion, texts.get("source"), texts.get("checksum"), dependencies);
    if (open == Table.ROOT) {
      root = ended;
    } else {
      packages.add(ended);
    }
    texts.clear();
    dependencies.clear();
  }

  private static void require(boolean condition, String why) {
    if (!condition) {
      throw malformed(why);
    }
  }

  private static MalformedException malformed(String why) {
    return new MalformedException("cannot read the lockfile: " + why);
  }
}
