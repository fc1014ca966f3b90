package lazaret.vetting.inspect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import lazaret.vetting.Bytes;
import lazaret.vetting.Deadline;
import lazaret.vetting.archive.ArchiveEntry;
import lazaret.vetting.archive.EntryContent;
import lazaret.vetting.inspect.literal.FileKind;
import lazaret.vetting.inspect.particular.ForeignSource;
import lazaret.vetting.inspect.particular.Particular;
import lazaret.vetting.inspect.purpose.StatedPurpose;
import lazaret.vetting.inspect.rust.MinHashSketch;
import lazaret.vetting.inspect.script.CarriedFiles;
import lazaret.vetting.inspect.script.ScriptKind;
import lazaret.vetting.inspect.script.ScriptScan;
import lazaret.vetting.inspect.source.Capability;
import lazaret.vetting.inspect.source.CargoConfigScan;
import lazaret.vetting.inspect.source.SourceFacts;
import lazaret.vetting.inspect.source.SourceReader;
import org.jspecify.annotations.Nullable;

/// The scan of the files of one crate, each read once as it passes. A second walk reads files that
/// are later found to be source or compiled-in data. Memory is limited to one file and the facts of
/// the sources. Not thread-safe.
final class CrateScan {
  /// The number of bytes of one source that are read.
  private static final int MAX_SOURCE = 8 << 20;

  /// The number of bytes of source of one crate that are read: ten times those of the largest
  /// crates.
  private static final long MAX_SOURCES = 256L << 20;

  /// The number of bytes of a library that are searched for code.
  private static final int MAX_LIBRARY = 16 << 20;

  private static final int CHUNK = 64 * 1024;
  private static final int MAX_CONFIG = 64 * 1024;
  private static final int COMMIT_BYTES = 4_096;
  private static final Pattern NAMED_LIKE_OBJECT =
      Pattern.compile("\\.(a|o|obj|lib|so|dylib|dll|tbd)$");
  private static final String COMMIT = ".cargo_vcs_info.json";

  private final CarriedFiles carried = new CarriedFiles();
  private final IndicatorSet indicators;
  private final SignalCollector signals;
  private final Deadline deadline;
  private final SourceReader reader;
  private final CrateSources sources = new CrateSources();
  private final Map<String, String> blobs = new TreeMap<>();
  private final Set<String> testBinaries = new TreeSet<>();
  private final MinHashSketch.Builder sketch = new MinHashSketch.Builder();
  private final List<Particular> beside = new ArrayList<>();
  private final Set<String> beforeManifest = new HashSet<>();
  private final Map<String, InvisibleCharacters> texts = new TreeMap<>();
  private final StatedPurpose purpose = new StatedPurpose();
  private Map<String, String> renames = Map.of();
  private Set<String> buildScripts = Set.of();
  private byte[] buffer = new byte[CHUNK];
  private long sourceBytes;
  private boolean manifestMet;
  private boolean procMacro;
  private boolean commitNamed;
  private @Nullable String binary;
  private @Nullable String linkable;

  /// @param reader the reader of sources; after its deadline files are only counted
  CrateScan(IndicatorSet indicators, SignalCollector signals, SourceReader reader) {
    this.indicators = indicators;
    this.signals = signals;
    this.deadline = reader.deadline();
    this.reader = reader;
    sources.trust().about(word -> !manifestMet || purpose.says(word));
  }

  CrateSources sources() {
    return sources;
  }

  /// Returns the results of scripts, settings and pages.
  CarriedFiles carried() {
    return carried;
  }

  /// Returns the purpose that the crate states.
  StatedPurpose purpose() {
    return purpose;
  }

  /// Returns the sketch of the sources outside of tests, for comparison with other crates.
  MinHashSketch sketch() {
    return sketch.sketch();
  }

  /// Returns the particulars of examples and of sources in other languages.
  List<Particular> beside() {
    return beside;
  }

  /// Returns the sources that were read before the manifest, which defines their names.
  Set<String> beforeManifest() {
    return beforeManifest;
  }

  /// Returns whether the archive names the commit from which it was made.
  boolean commitNamed() {
    return commitNamed;
  }

  /// Returns the path of a program, object or library outside of tests, or null if there is none.
  @Nullable String binary() {
    return binary;
  }

  /// Returns the path of a file outside of tests with the name of a library but another form. Null
  /// if there is none. Linkers also read scripts and lists by such names.
  @Nullable String linkable() {
    return linkable;
  }

  /// Returns the programs, objects and libraries among tests.
  Set<String> testBinaries() {
    return testBinaries;
  }

  /// Returns the files that are compiled in and cannot be read, each with the reason.
  Map<String, String> blobs() {
    return blobs;
  }

  /// Reads the manifest.
  void manifest(String path, Bytes text, ManifestDetails details) {
    manifestMet = true;
    renames = details.renames();
    purpose.manifest(details.says(), details.people());
    buildScripts = Set.copyOf(details.buildScripts());
    reader.reaches(details.reachesNetwork());
    var check = new IndicatorScan(indicators, signals, path);
    check.piece(text.array(), text.length());
    check.finish(false);
  }

  /// Records that the library runs in the compiler. Its values are then traced like those of a
  /// build script.
  void procMacro() {
    procMacro = true;
  }

  /// Scans a file other than the manifest.
  void file(ArchiveEntry entry, EntryContent content) {
    String path = entry.path();
    sources.file(path);
    if (deadline.passed()) {
      return;
    }
    var check = new IndicatorScan(indicators, signals, path);
    if (path.endsWith(".rs")) {
      source(path, content, check);
    } else if (path.equals(COMMIT)) {
      int length = more(content, 0, COMMIT_BYTES, check);
      commit(length);
    } else {
      other(path, content, check);
    }
    rest(content, check);
    check.finish(sources.shows(path, Capability.IOC));
  }

  /// Scans a file again that a source pulls in.
  void pulledIn(String path, EntryContent content, boolean data) {
    if (deadline.passed() || tooMuch(path)) {
      return;
    }
    int length = more(content, 0, MAX_SOURCE, null);
    if (data) {
      sources.source(path, reader.data(buffer, length));
      blob(path, length);
    } else {
      read(path, length, content.remaining() > 0, true);
    }
  }

  private void source(String path, EntryContent content, IndicatorScan check) {
    if (!manifestMet) {
      beforeManifest.add(path);
    }
    if (tooMuch(path)) {
      return;
    }
    int length = more(content, 0, MAX_SOURCE, check);
    sourceBytes += length;
    boolean likelyBuild =
        path.indexOf('/') < 0
            || path.startsWith("build")
            || procMacro
            || buildScripts.contains(path);
    read(path, length, content.remaining() > 0, likelyBuild);
  }

  private boolean tooMuch(String path) {
    boolean tooMuch = sourceBytes > MAX_SOURCES || sources.full();
    if (tooMuch) {
      left(path, "too much source in one crate");
    }
    return tooMuch;
  }

  private void read(String path, int length, boolean cut, boolean fingerprint) {
    SourceFacts facts = reader.source(path, buffer, length, renames, fingerprint);
    sources.source(path, facts);
    purpose.source(path, buffer, length);
    if (cut) {
      left(path, "more than %d bytes".formatted(length));
    } else if (!facts.whole()) {
      left(path, "more tokens, names or files pulled in than are kept");
    }
    if (InvisibleCharacters.beyondAscii(buffer, length)) {
      lookAlike(path);
      InvisibleCharacters text = InvisibleCharacters.of(buffer, length, cut, reader::test);
      if (text.hiddenLine() > 0 || text.malformedLine() > 0) {
        texts.put(path, text);
      }
    }
    if (!CrateSources.amongTests(path)) {
      reader.addStatements(sketch);
      reader.addTo(sources.trust(), path);
      examples(path, length, false);
    }
  }

  /// Reports a name with letters of another script that looks like a plain name.
  private void lookAlike(String path) {
    reader
        .lookAlikeName()
        .ifPresent(
            name -> {
              var signal = Signal.of(SignalCode.LOOK_ALIKE_NAME, path, name.line(), name.says());
              boolean test = CrateSources.amongTests(path) || reader.test(name.position());
              signals.add(test ? signal.asNote() : signal);
            });
  }

  /// Reports a file that was not read completely.
  void left(String path, String why) {
    signals.add(Signal.of(SignalCode.NOT_LOOKED_INTO, path, 0, why));
  }

  /// Reports characters that no source should contain.
  ///
  /// @param tests the sources that run nowhere, in which the signals are notes
  void textSignals(Set<String> tests) {
    texts.forEach(
        (path, text) -> {
          boolean test = tests.contains(path);
          if (text.hiddenLine() > 0) {
            String what = "U+%04X".formatted(text.hidden());
            var signal = Signal.of(SignalCode.HIDDEN_CHARACTERS, path, text.hiddenLine(), what);
            signals.add(test || text.inTest() ? signal.asNote() : signal);
          }
          if (text.malformedLine() > 0) {
            var signal =
                Signal.of(SignalCode.NOT_UTF8_SOURCE, path, text.malformedLine(), "not UTF-8");
            signals.add(test ? signal.asNote() : signal);
          }
        });
  }

  /// Adds the signals of hidden lines of examples, which run with the tests.
  private void examples(String path, int length, boolean markdown) {
    HiddenExamples.of(path, reader.hiddenExamples(buffer, length, markdown)).forEach(signals::add);
    beside.addAll(reader.hiddenCalls(path));
  }

  private void commit(int length) {
    String text = Bytes.copyOf(buffer, 0, length).text();
    commitNamed = text.contains("\"sha1\"");
    if (text.replace(" ", "").contains("\"dirty\":true")) {
      signals.add(Signal.of(SignalCode.DIRTY_COMMIT, COMMIT, 0, "\"dirty\": true"));
    }
  }

  private void other(String path, EntryContent content, IndicatorScan check) {
    boolean config = CargoConfigScan.is(path);
    boolean page = path.endsWith(".md");
    boolean test = CrateSources.amongTests(path);
    boolean foreign = ForeignSource.is(path) && !test;
    boolean script = ScriptKind.of(path) != ScriptKind.NONE;
    int wanted = script ? ScriptScan.MAX : config || page ? MAX_CONFIG : FileKind.HEAD;
    wanted = Math.max(wanted, CarriedFiles.wanted(path));
    int length = more(content, 0, foreign ? Math.max(wanted, ForeignSource.MAX) : wanted, check);
    if (page && !test) {
      examples(path, Math.min(length, MAX_CONFIG), true);
    }
    if (foreign) {
      beside.addAll(ForeignSource.particulars(path, buffer, length));
      sources.trust().carried(path, buffer, length);
    }
    carried.file(path, test, buffer, length);
    if (config) {
      configuration(path, Bytes.copyOf(buffer, 0, Math.min(length, MAX_CONFIG)).text());
    }
    FileKind kind = FileKind.of(buffer, length);
    switch (kind) {
      case EXECUTABLE -> binary(path, test, "the first bytes are those of a program or object");
      case LIBRARY -> {
        length = more(content, length, MAX_LIBRARY, check);
        if (content.remaining() == 0 && WindowsImportLibrary.is(buffer, length)) {
          signals.add(Signal.of(SignalCode.IMPORT_LIBRARY, path, 0, length + " bytes"));
        } else {
          binary(path, test, "an archive of objects");
        }
      }
      case COMPRESSED ->
          signals.add(
              Signal.of(
                  SignalCode.COMPRESSED_FILE, path, 0, content.remaining() + length + " bytes"));
      case OTHER -> {
        if (!test && linkable == null && NAMED_LIKE_OBJECT.matcher(path).find()) {
          linkable = path;
        }
      }
    }
  }

  private void configuration(String path, String text) {
    boolean test = CrateSources.amongTests(path);
    Optional<String> program = test ? Optional.empty() : CargoConfigScan.program(path, text);
    if (program.isPresent()) {
      signals.add(
          Signal.of(SignalCode.CARGO_CONFIG, path, 0, program.get()).weighing(SignalWeight.HIGH));
    } else if (path.equals(".cargo/config") || path.equals(".cargo/config.toml")) {
      signals.add(Signal.of(SignalCode.CARGO_CONFIG, path, 0, ""));
    }
  }

  private void binary(String path, boolean test, String what) {
    Signal signal = Signal.of(SignalCode.EXECUTABLE_FILE, path, 0, what);
    signals.add(test ? signal.asNote() : signal);
    if (test) {
      testBinaries.add(path);
    } else if (binary == null) {
      binary = path;
    }
  }

  private void blob(String path, int length) {
    FileKind kind = FileKind.of(buffer, length);
    String why =
        switch (kind) {
          case EXECUTABLE, LIBRARY -> "compiled in: a program, object or library";
          case COMPRESSED -> "compiled in: compressed";
          case OTHER -> Entropy.looksRandom(buffer, length) ? "compiled in: looks random" : "";
        };
    if (!why.isEmpty()) {
      blobs.put(path, why);
      signals.add(Signal.of(SignalCode.INCLUDED_BLOB, path, 0, why));
    }
  }

  /// Reads the beginning of a file into the buffer.
  private int more(EntryContent content, int filled, int max, @Nullable IndicatorScan check) {
    long wanted = Math.min(max, filled + content.remaining());
    if (buffer.length < wanted) {
      buffer = Arrays.copyOf(buffer, (int) Math.min(max, Math.max(wanted, buffer.length * 2L)));
    }
    int length = filled;
    while (length < wanted) {
      int count = content.read(buffer, length, (int) wanted - length);
      if (count < 0) {
        break;
      }
      length += count;
    }
    if (check != null) {
      check.piece(buffer, filled, length);
    }
    return length;
  }

  /// Reads the rest of the file, if the indicators need all of it.
  private void rest(EntryContent content, IndicatorScan check) {
    while (check.wantsAll() && content.remaining() > 0 && !deadline.passed()) {
      int count = content.read(buffer, 0, buffer.length);
      if (count < 0) {
        return;
      }
      check.piece(buffer, 0, count);
    }
  }
}
