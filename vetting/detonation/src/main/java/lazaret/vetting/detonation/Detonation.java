package lazaret.vetting.detonation;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.text.Coded;

/// The recorded behavior of one version that was built alone in the sandbox. It is evidence bound
/// to the built bytes. It decides nothing; a reviewer reads it.
///
/// @param cksum the SHA-256 of the `.crate` that was built
/// @param at the moment at which the evidence was filed
/// @param by the name of the token that filed it
/// @param ending the end of the build in words of the sandbox: `built`, `exit 101`, a limit
/// @param traces the observations
public record Detonation(
    Sha256 cksum, Instant at, String by, String ending, SortedSet<Trace> traces) {
  /// The maximum number of traces of one version.
  public static final int MAX_TRACES = 5_000;

  /// The maximum length of a text, in characters.
  public static final int MAX_TEXT = 500;

  /// Copies the traces.
  ///
  /// @throws MalformedException if there are too many traces, or the ending is malformed
  public Detonation {
    checkText("ending", ending);
    if (traces.size() > MAX_TRACES) {
      throw new MalformedException(
          "cannot record %d traces: expected at most %d".formatted(traces.size(), MAX_TRACES));
    }
    traces = new TreeSet<>(traces);
  }

  private static void checkText(String what, String text) {
    if (text.isEmpty() || text.length() > MAX_TEXT || text.chars().anyMatch(c -> c < ' ')) {
      throw new MalformedException(
          "cannot record evidence: '%s' must have 1 to %d characters and no line breaks"
              .formatted(what, MAX_TEXT));
    }
  }

  /// Returns the traces that are not among others.
  public List<Trace> beyond(Collection<Trace> others) {
    return traces.stream().filter(trace -> !others.contains(trace)).toList();
  }

  /// The kind of an observation.
  public enum Kind implements Coded {
    /// A denied access, or an opened decoy credential.
    DENIED("denied"),
    /// A program that ran.
    RAN("ran"),
    /// An instruction of a build script to cargo.
    SAID("said"),
    /// A file of the machine, or a variable, that was read by the compilation.
    READ("read"),
    /// A file that was written.
    WROTE("wrote");

    private final String code;

    Kind(String code) {
      this.code = code;
    }

    /// Returns the word in documents, such as `denied`.
    @Override
    public String code() {
      return code;
    }

    /// Parses the word of a kind.
    ///
    /// @throws MalformedException if there is no such kind
    public static Kind parse(String code) {
      return Coded.find(Kind.class, code)
          .orElseThrow(
              () ->
                  new MalformedException(
                      "cannot read the kind of a trace: expected one like 'denied'"));
    }
  }

  /// One observation, in a form that can be compared between versions. It omits folders that differ
  /// between runs.
  ///
  /// @param kind the kind of the observation
  /// @param what the foreign text, one line
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
