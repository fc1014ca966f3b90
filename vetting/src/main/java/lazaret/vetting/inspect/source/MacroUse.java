package lazaret.vetting.inspect.source;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Macros that one source defines, and words that it hands to macros, as far as paths could be made
/// of them.
///
/// @param definitions by which paths may be pasted
/// @param calls that hand over the last segment of a known path
public record MacroUse(List<Definition> definitions, List<Call> calls) {
  /// No macros.
  public static final MacroUse NONE = new MacroUse(List.of(), List.of());

  /// Copies the lists.
  public MacroUse {
    definitions = List.copyOf(definitions);
    calls = List.copyOf(calls);
  }

  /// A macro that is defined, or another name for one.
  ///
  /// @param name by which it is called
  /// @param pastes whether its body puts what it is handed beside a path separator, or calls it
  /// @param words the segments of known paths in its body
  /// @param uses the macros that its body calls
  public record Definition(String name, boolean pastes, Set<Integer> words, Set<String> uses) {
    /// Copies the sets.
    public Definition {
      words = Set.copyOf(words);
      uses = Set.copyOf(uses);
    }
  }

  /// A macro that is called.
  ///
  /// @param words the segments of known paths among its arguments
  /// @param region in which it stands
  /// @param line from 1
  public record Call(String name, Set<Integer> words, Region region, int line) {
    /// Copies the set.
    public Call {
      words = Set.copyOf(words);
    }
  }

  /// Parts of a source by when they run.
  public enum Region {
    /// Always.
    CODE,
    /// Under `#[cfg(test)]`.
    TEST,
    /// Under `#[test]`.
    MARKED
  }

  /// Returns the macros of two readings of one source.
  MacroUse or(MacroUse other) {
    return new MacroUse(
        Stream.concat(definitions.stream(), other.definitions.stream()).distinct().toList(),
        Stream.concat(calls.stream(), other.calls.stream()).distinct().toList());
  }

  /// Returns about how many characters it holds.
  long weight() {
    long weight = 0;
    for (Definition definition : definitions) {
      weight += 100 + 20L * (definition.words().size() + definition.uses().size());
    }
    for (Call call : calls) {
      weight += 100 + 20L * call.words().size();
    }
    return weight;
  }
}
