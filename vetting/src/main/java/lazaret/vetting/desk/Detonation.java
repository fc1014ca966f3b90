package lazaret.vetting.desk;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.Sha256;

/// What the code of one version did when it was built alone in the sandbox: evidence, bound to the
/// bytes that were built. It decides nothing; a reviewer reads it.
///
/// @param cksum the SHA-256 of the `.crate` that was built
/// @param at when the evidence was filed
/// @param by the name of the token that filed it
/// @param ending how the build ended, in words of the sandbox: `built`, `exit 101`, a limit
/// @param traces what was seen
public record Detonation(
    Sha256 cksum, Instant at, String by, String ending, SortedSet<Trace> traces) {
  /// The most traces of one version.
  public static final int MAX_TRACES = 5_000;

  /// The longest text of a trace, in characters.
  public static final int MAX_TEXT = 500;

  /// Copies the traces.
  ///
  /// @throws MalformedException if there are too many, or a text is empty or too long
  public Detonation {
    checkText("ending", ending);
    if (traces.size() > MAX_TRACES) {
      throw new MalformedException(
          "cannot file %d traces: expected at most %d".formatted(traces.size(), MAX_TRACES));
    }
    traces = new TreeSet<>(traces);
  }

  private static void checkText(String what, String text) {
    if (text.isEmpty() || text.length() > MAX_TEXT || text.chars().anyMatch(c -> c < ' ')) {
      throw new MalformedException(
          "cannot file evidence: '%s' must have 1 to %d characters and no line breaks"
              .formatted(what, MAX_TEXT));
    }
  }

  /// Returns the traces that others do not have.
  public List<Trace> beyond(Collection<Trace> others) {
    return traces.stream().filter(trace -> !others.contains(trace)).toList();
  }

  /// What kind of thing was seen.
  public enum Kind {
    /// The sandbox denied an access, or a decoy credential was opened.
    DENIED,
    /// A program ran.
    RAN,
    /// A build script told cargo something.
    SAID,
    /// A file of the machine, or a variable, went into the compilation.
    READ,
    /// A file was written.
    WROTE;

    /// Returns the word in documents: `denied`.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /// Reads a word.
    ///
    /// @throws MalformedException if there is no such kind
    public static Kind parse(String word) {
      for (Kind kind : values()) {
        if (kind.word().equals(word)) {
          return kind;
        }
      }
      throw new MalformedException("cannot read the kind of a trace: expected one like 'denied'");
    }
  }

  /// One thing that was seen, in a form that two versions can be compared by: without folders that
  /// differ from run to run.
  ///
  /// @param kind what kind of thing
  /// @param what foreign text, one line
  public record Trace(Kind kind, String what) implements Comparable<Trace> {
    /// Checks the text.
    ///
    /// @throws MalformedException if it is empty, too long, or has control characters
    public Trace {
      checkText("what", what);
    }

    @Override
    public int compareTo(Trace other) {
      int byKind = kind.compareTo(other.kind);
      return byKind != 0 ? byKind : what.compareTo(other.what);
    }
  }
}
