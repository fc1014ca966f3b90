package lazaret.vetting.inspect.particular;

import java.util.ArrayList;
import java.util.List;

/// The particulars of one source.
///
/// @param tokens a hash of the tokens of the code, including literals; 0 for none
/// @param code the particulars of the code
/// @param test the particulars under `#[cfg(test)]`
/// @param marked the particulars under `#[test]` and `#[bench]`
public record SourceParticulars(
    long tokens, List<Particular> code, List<Particular> test, List<Particular> marked) {
  /// The particulars of a file without tokens.
  public static final SourceParticulars NONE =
      new SourceParticulars(0, List.of(), List.of(), List.of());

  /// Copies the lists.
  public SourceParticulars {
    code = List.copyOf(code);
    test = List.copyOf(test);
    marked = List.copyOf(marked);
  }

  /// Returns the particulars of a source that has two readings.
  public SourceParticulars or(SourceParticulars other) {
    return new SourceParticulars(
        31 * tokens + other.tokens,
        both(code, other.code),
        both(test, other.test),
        both(marked, other.marked));
  }

  private static List<Particular> both(List<Particular> one, List<Particular> other) {
    List<Particular> both = new ArrayList<>(one);
    other.stream().filter(p -> !one.contains(p)).forEach(both::add);
    return both;
  }

  /// Adds the particulars to those of the crate.
  ///
  /// @param build whether the source belongs to the build script; some kinds are relevant only
  ///   there
  /// @param tests whether code under `#[cfg(test)]` runs
  /// @param marks whether code under `#[test]` runs
  public void addTo(Particulars.Builder all, boolean build, boolean tests, boolean marks) {
    all.tokens(tokens);
    all.add(code.stream().filter(p -> build || !p.kind().ofBuilds()).toList());
    if (tests) {
      all.add(test);
    }
    if (marks) {
      all.add(marked);
    }
  }

  /// Returns the memory use: the number of characters, and a hundred for each object.
  public long weight() {
    long weight = 0;
    for (List<Particular> all : List.of(code, test, marked)) {
      for (Particular one : all) {
        weight += 100 + one.text().length() + one.path().length();
      }
    }
    return weight;
  }
}
