package lazaret.cli;

import java.util.ArrayList;
import java.util.List;

/// A program that runs several command lines in one process. `bin/aot` uses it to train the AOT
/// cache from the classes that are loaded.
public final class TrainingRun {
  private static final String END = ",";

  private TrainingRun() {}

  /// Runs the command lines and ends, regardless of their results.
  ///
  /// @param words the words of all command lines, each line followed by a word that is a comma
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
