package lazaret.vetting.inspect.behavior;

import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import lazaret.vetting.inspect.behavior.BehaviorScan.Locations;
import lazaret.vetting.inspect.code.SourceTokens;
import lazaret.vetting.inspect.code.WordSet;

/// Names of files and buffers. Data that is written to them is not sent.
///
/// A name that is bound to a connection anywhere in the source does not count.
final class FileVariables {
  private static final WordSet LET = WordSet.of("let");
  private static final int MAX_VALUE = 96;
  private static final Set<String> WRITTEN =
      Set.of("write_all", "write_str", "append", "insert", "write");
  private static final Set<String> FILES =
      Set.of("File", "OpenOptions", "NamedTempFile", "tempfile", "Vec", "String", "PathBuf");

  private final SourceTokens code;
  private final Set<String> names = new HashSet<>();

  FileVariables(SourceTokens code, Locations places) {
    this.code = code;
    var others = new HashSet<String>();
    boolean[] lets = code.named(LET);
    for (int i = 0; i < code.size(); i++) {
      int name = code.is(i, lets) ? bound(i + 1) : -1;
      if (name > 0) {
        int end = Math.min(code.end(name + 1, false), name + MAX_VALUE);
        (file(name + 1, end, places) ? names : others).add(code.word(name));
      } else if (code.is(i + 1, ':') && !code.word(i).isEmpty() && !code.separator(i + 1)) {
        declared(i, places.networks(), others);
      }
    }
    names.removeAll(others);
  }

  private int bound(int at) {
    int name = code.is(at, "mut") ? at + 1 : at;
    boolean plain = !code.word(name).isEmpty();
    return plain && (code.is(name + 1, '=') || code.is(name + 1, ':')) ? name : -1;
  }

  /// Returns whether a value begins with a call that makes a file or buffer, and names no client.
  private boolean file(int from, int to, Locations places) {
    boolean makes = false;
    for (int i = from; i < to; i++) {
      if (places.networks().get(i)) {
        return false;
      }
      makes |= i < from + MAX_VALUE / 8 && FILES.contains(code.word(i)) && code.separator(i + 1);
    }
    return makes;
  }

  /// Reads a field or parameter with a type: `out: &mut File`.
  private void declared(int at, BitSet networks, Set<String> others) {
    for (int i = at + 2; i < Math.min(code.size(), at + 10); i++) {
      if (code.is(i, ',') || code.is(i, ')') || code.is(i, '=') || code.is(i, ';')) {
        return;
      }
      if (networks.get(i)) {
        others.add(code.word(at));
      } else if (code.is(i, "File")) {
        names.add(code.word(at));
      }
    }
  }

  /// Returns whether a call only adds to a file or buffer.
  ///
  /// @param at the name of the method
  boolean written(int at) {
    return WRITTEN.contains(code.word(at))
        && names.contains(code.word(at - 2))
        && !code.is(at - 3, '.');
  }
}
