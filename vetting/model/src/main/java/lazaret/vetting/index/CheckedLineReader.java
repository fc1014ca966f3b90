package lazaret.vetting.index;

import java.time.DateTimeException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CratesIo;
import lazaret.vetting.crates.VersionReq;
import org.jspecify.annotations.Nullable;

/// A fast reader of lines that arrive. It checks each line to its end as [IndexLineReader] does, in
/// one pass over the bytes, and makes no object of dependencies and features: those are parsed on
/// first use, which few lines have.
///
/// Only lines in ASCII without any fault are read. Texts that are parsed on first use may have the
/// escape `\"`, and no other. All other lines are left to the full reader, which finds the fault or
/// reads them.
final class CheckedLineReader extends PlainLineReader {
  /// The nesting of a line with a feature of a dependency.
  private static final int DEPTH = 4;

  private static final List<String> KEYS =
      List.of(
          "name",
          "req",
          "features",
          "optional",
          "default_features",
          "target",
          "kind",
          "package",
          "registry");

  private final IndexLimits limits;
  private final Known known;
  private @Nullable CrateName crate;
  private int features;
  private int featureValues;

  /// The names and requirements of earlier lines of the same file, which are valid.
  ///
  /// @param crates names of crates
  /// @param reqs version requirements
  record Known(Set<String> crates, Set<String> reqs) {
    /// Creates a record without any.
    static Known none() {
      return new Known(new HashSet<>(), new HashSet<>());
    }
  }

  private CheckedLineReader(Bytes line, IndexLimits limits, Known known) {
    super(line.array());
    this.limits = limits;
    this.known = known;
  }

  /// Returns the entry of a line, or null if the line has a fault or another form.
  ///
  /// @param line bytes of the line without its line break
  /// @param known receives the names and requirements of the line
  static @Nullable IndexEntry read(Bytes line, IndexLimits limits, Known known) {
    if (line.length() > limits.lineBytes() || limits.depth() < DEPTH || !plain(line.array())) {
      return null;
    }
    try {
      return new CheckedLineReader(line, limits, known).entry(line);
    } catch (Other | MalformedException | DateTimeException | IndexOutOfBoundsException _) {
      return null;
    }
  }

  /// Returns whether bytes are ASCII without control characters.
  private static boolean plain(byte[] line) {
    for (byte b : line) {
      if (b < ' ' || b == 0x7f) {
        return false;
      }
    }
    return true;
  }

  private IndexEntry entry(Bytes line) throws Other {
    Fields fields = object();
    boolean more = at < data.length;
    boolean oldest =
        fields.rustVersion == null || IndexLineFields.isRustVersion(fields.rustVersion);
    if (more || !oldest || crate == null) {
      throw new Other();
    }
    return fields.entry(crate, line);
  }

  @Override
  void name() throws Other {
    crate = CrateName.parse(text());
  }

  @Override
  void dependencies() throws Other {
    expect('[');
    int count = 0;
    if (!take(']')) {
      do {
        dependency();
        count++;
      } while (take(','));
      expect(']');
    }
    if (count > limits.deps()) {
      throw new Other();
    }
  }

  private void dependency() throws Other {
    String name = "";
    String crateName = null;
    boolean required = false;
    int seen = 0;
    expect('{');
    do {
      String key = key(KEYS);
      int bit = 1 << KEYS.indexOf(key);
      if ((seen & bit) != 0) {
        throw new Other();
      }
      seen |= bit;
      expect(':');
      switch (key) {
        case "name" -> name = text();
        case "package" -> crateName = maybeText();
        case "req" -> {
          checkReq(text());
          required = true;
        }
        case "features" -> skipTexts();
        case "optional", "default_features" -> checkFlag();
        case "target", "kind" -> skipMaybeText();
        case "registry" -> checkRegistry(maybeText());
        // An unknown key may occur twice; this reader could not detect that.
        default -> throw new Other();
      }
    } while (take(','));
    expect('}');
    if (name.isEmpty() || !required) {
      throw new Other();
    }
    checkCrate(crateName == null ? name : crateName);
  }

  private void checkReq(String text) {
    if (!known.reqs().contains(text)) {
      VersionReq valid = VersionReq.parse(text);
      known.reqs().add(valid.text());
    }
  }

  private void checkCrate(String text) {
    if (!known.crates().contains(text)) {
      CrateName valid = CrateName.parse(text);
      known.crates().add(valid.published());
    }
  }

  /// Checks that a value is true or false, and not null.
  private void checkFlag() throws Other {
    if (data[at] == 'n') {
      throw new Other();
    }
    var _ = flag();
  }

  private static void checkRegistry(@Nullable String registry) throws Other {
    if (registry != null && !registry.equals(CratesIo.GIT_INDEX)) {
      throw new Other();
    }
  }

  @Override
  void features() throws Other {
    expect('{');
    if (take('}')) {
      return;
    }
    Set<String> names = new HashSet<>();
    do {
      if (!names.add(text())) {
        throw new Other();
      }
      expect(':');
      featureValues += skipTexts();
    } while (take(','));
    expect('}');
    features += names.size();
    if (features > limits.features() || featureValues > 10L * limits.features()) {
      throw new Other();
    }
  }

  /// Skips an array of texts.
  ///
  /// @return the number of texts
  private int skipTexts() throws Other {
    expect('[');
    if (take(']')) {
      return 0;
    }
    int count = 0;
    do {
      skipText();
      count++;
    } while (take(','));
    expect(']');
    return count;
  }

  private void skipMaybeText() throws Other {
    if (data[at] == 'n') {
      var _ = maybeText();
    } else {
      skipText();
    }
  }

  /// Skips a text. Conditions on platforms quote their values, so that one line of eight has the
  /// escape `\"`; a text with any other escape is left to the full reader. The line has no control
  /// characters.
  private void skipText() throws Other {
    expect('"');
    byte[] bytes = data;
    int end = at;
    while (bytes[end] != '"') {
      if (bytes[end] == '\\') {
        end++;
        if (bytes[end] != '"') {
          throw new Other();
        }
      }
      end++;
    }
    at = end + 1;
  }
}
