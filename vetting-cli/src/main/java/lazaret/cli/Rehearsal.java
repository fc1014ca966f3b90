package lazaret.cli;

import java.util.ArrayList;
import java.util.List;

/// Runs several command lines in one process. `bin/aot` makes the cache of a faster start from what
/// is loaded meanwhile; nobody else calls it.
public final class Rehearsal {
  private static final String END = ",";

  private Rehearsal() {}

  /// Runs the command lines and ends, whatever becomes of them.
  ///
  /// @param words of all command lines, each line ended by a word that is a comma
  public static void main(String[] words) {
    List<String> line = new ArrayList<>();
    for (String word : words) {
      if (word.equals(END)) {
        int _ = Main.run(line.toArray(String[]::new));
        line.clear();
      } else {
        line.add(word);
      }
    }
  }
}
