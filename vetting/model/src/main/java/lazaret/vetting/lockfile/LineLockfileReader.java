package lazaret.vetting.lockfile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import lazaret.vetting.lockfile.RawLockfile.RawPackage;
import org.jspecify.annotations.Nullable;

/// A fast reader for lockfiles in exactly the form that cargo writes. It reads a thousand packages
/// in one or two milliseconds, where a full TOML parser takes a hundred. A file in any other form
/// is left to that parser. The result never differs from that of the parser.
final class LineLockfileReader {
  private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,8}");

  private enum Table {
    NONE,
    PACKAGE,
    ROOT,
    UNUSED_PATCH,
    METADATA
  }

  private final String text;
  private final List<RawPackage> packages = new ArrayList<>();
  private final Map<String, String> metadata = new HashMap<>();
  private final Map<String, String> fields = new HashMap<>();
  private @Nullable Long version;
  private @Nullable RawPackage root;
  private @Nullable List<String> dependencies;
  private boolean withinDependencies;
  private boolean sawMetadata;
  private Table table = Table.NONE;

  private LineLockfileReader(String text) {
    this.text = text;
  }

  /// Returns the content of a lockfile, or empty if its form is not cargo's.
  static Optional<RawLockfile> read(String text) {
    return new LineLockfileReader(text).lines();
  }

  private Optional<RawLockfile> lines() {
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf('\n', start);
      if (end < 0) {
        return Optional.empty();
      }
      boolean crlf = end > start && text.charAt(end - 1) == '\r';
      String line = text.substring(start, crlf ? end - 1 : end);
      if (!isPlain(line) || !line(line)) {
        return Optional.empty();
      }
      start = end + 1;
    }
    if (withinDependencies || !endTable()) {
      return Optional.empty();
    }
    if (root != null) {
      packages.addFirst(root);
    }
    return Optional.of(new RawLockfile(version, packages, metadata));
  }

  /// Returns whether a line has only characters that TOML reads literally.
  private static boolean isPlain(String line) {
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c < ' ' || c == 0x7f || c == '\\') {
        return false;
      }
    }
    return true;
  }

  private boolean line(String line) {
    if (line.isEmpty() || line.charAt(0) == '#') {
      return true;
    }
    if (withinDependencies) {
      return dependency(line);
    }
    return switch (line) {
      case "[[package]]" -> startTable(Table.PACKAGE, true);
      case "[[patch.unused]]" -> startTable(Table.UNUSED_PATCH, true);
      case "[root]" -> startTable(Table.ROOT, root == null && table != Table.ROOT);
      case "[metadata]" -> {
        boolean first = !sawMetadata;
        sawMetadata = true;
        yield startTable(Table.METADATA, first);
      }
      case "dependencies = [" -> {
        withinDependencies = isPackage() && dependencies == null;
        dependencies = new ArrayList<>();
        yield withinDependencies;
      }
      default -> field(line);
    };
  }

  private boolean isPackage() {
    return table == Table.PACKAGE || table == Table.ROOT || table == Table.UNUSED_PATCH;
  }

  private boolean dependency(String line) {
    if (line.equals("]")) {
      withinDependencies = false;
      return true;
    }
    if (!line.startsWith(" ") || !line.endsWith(",") || dependencies == null) {
      return false;
    }
    @Nullable String name = quoted(line.substring(1, line.length() - 1));
    return name != null && dependencies.add(name);
  }

  private boolean field(String line) {
    int equals = line.indexOf(" = ");
    if (equals < 0) {
      return false;
    }
    if (table == Table.METADATA) {
      // The key is quoted, and cargo never writes an equals sign into it.
      @Nullable String key = quoted(line.substring(0, equals));
      @Nullable String value = quoted(line.substring(equals + 3));
      return key != null && value != null && metadata.put(key, value) == null;
    }
    String key = line.substring(0, equals);
    String value = line.substring(equals + 3);
    if (table == Table.NONE) {
      return key.equals("version") && version == null && number(value);
    }
    return switch (key) {
      case "name", "version", "source", "checksum", "replace" -> {
        @Nullable String content = quoted(value);
        yield content != null && fields.put(key, content) == null;
      }
      default -> false;
    };
  }

  private boolean number(String value) {
    if (!NUMBER.matcher(value).matches()) {
      return false;
    }
    version = Long.valueOf(value);
    return true;
  }

  /// Returns the text between two quotation marks, or null if the value has another form.
  private static @Nullable String quoted(String value) {
    boolean plain =
        value.length() >= 2
            && value.charAt(0) == '"'
            && value.indexOf('"', 1) == value.length() - 1;
    return plain ? value.substring(1, value.length() - 1) : null;
  }

  private boolean startTable(Table next, boolean allowed) {
    if (!allowed || !endTable()) {
      return false;
    }
    table = next;
    return true;
  }

  private boolean endTable() {
    if (isPackage()) {
      @Nullable String name = fields.get("name");
      @Nullable String packageVersion = fields.get("version");
      if (name == null || packageVersion == null) {
        return false;
      }
      var ended =
          new RawPackage(
              name,
              packageVersion,
              fields.get("source"),
              fields.get("checksum"),
              dependencies == null ? List.of() : dependencies);
      if (table == Table.ROOT) {
        root = ended;
      } else if (table == Table.PACKAGE) {
        packages.add(ended);
      }
    }
    fields.clear();
    dependencies = null;
    return true;
  }
}
