package lazaret.vetting.inspect.source;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The macros that one source defines, and the words that it passes to macros, if they could form
/// paths.
///
/// @param definitions the macros that may build paths
/// @param calls the calls with the last segment of a known path among their arguments
public record MacroUse(List<Definition> definitions, List<Call> calls) {
  /// A source without macros.
  public static final MacroUse NONE = new MacroUse(List.of(), List.of());

  /// Copies the lists.
  public MacroUse {
    definitions = List.copyOf(definitions);
    calls = List.copyOf(calls);
  }

  /// A macro definition, or another name for a macro.
  ///
  /// @param name the name of the macro
  /// @param pastes whether its body puts arguments next to a path separator, or calls them
  /// @param words the segments of known paths in its body
  /// @param uses the macros that its body calls
  public record Definition(String name, boolean pastes, Set<Integer> words, Set<String> uses) {
    /// Copies the sets.
    public Definition {
      words = Set.copyOf(words);
      uses = Set.copyOf(uses);
    }
  }

  /// A macro call.
  ///
  /// @param words the segments of known paths among its arguments
  /// @param region the part of the source
  /// @param line the line, from 1
  public record Call(String name, Set<Integer> words, Region region, int line) {
    /// Copies the set.
    public Call {
      words = Set.copyOf(words);
    }
  }

  /// The parts of a source, by the condition under which they run.
  public enum Region {
    /// Code that always runs.
    CODE,
    /// Code under `#[cfg(test)]`.
    TEST,
    /// Code under `#[test]`.
    MARKED
  }

  /// Returns the macros of two readings of one source.
  MacroUse or(MacroUse other) {
    return new MacroUse(
        Stream.concat(definitions.stream(), other.definitions.stream()).distinct().toList(),
        Stream.concat(calls.stream(), other.calls.stream()).distinct().toList());
  }

  /// Returns the memory use, about the number of characters.
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
