package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The known breaches of a rule, in a file of the folder `baseline` of the test resources. A check
/// fails on other breaches, so a list can only become shorter. `-Dlazaret.baseline=write` writes
/// the files again, after a change of names or places.
final class KnownBreaches {
  private final String name;
  private final Path file;

  private KnownBreaches(String name) {
    this.name = name;
    this.file =
        Path.of(System.getProperty("lazaret.root"))
            .resolve("e2e/src/test/resources/baseline/" + name + ".txt");
  }

  /// Returns the baseline of a check.
  static KnownBreaches of(String name) {
    return new KnownBreaches(name);
  }

  /// Fails on an item that is not in the file.
  ///
  /// @param advice what to do in place of adding a line
  void allows(Collection<String> found, String advice) {
    Set<String> sorted = new TreeSet<>(found);
    if (writing()) {
      write(sorted);
    }
    Set<String> known = new TreeSet<>(lines());
    Set<String> added = new TreeSet<>(sorted);
    added.removeAll(known);
    assertThat(added).as("%s, beyond baseline/%s.txt: %s", name, name, advice).isEmpty();
  }

  /// Fails on a number that is greater than the one in the file; what is not there counts 0.
  void allowsUpTo(Map<String, Integer> found, String advice) {
    if (writing()) {
      write(
          new TreeMap<>(found)
              .entrySet().stream()
                  .filter(entry -> entry.getValue() > 0)
                  .map(entry -> entry.getKey() + " " + entry.getValue())
                  .toList());
    }
    SortedMap<String, Integer> known = new TreeMap<>();
    for (String line : lines()) {
      int space = line.lastIndexOf(' ');
      known.put(line.substring(0, space), Integer.valueOf(line.substring(space + 1)));
    }
    Map<String, String> more =
        found.entrySet().stream()
            .filter(entry -> entry.getValue() > known.getOrDefault(entry.getKey(), 0))
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    entry ->
                        "%d, at most %d"
                            .formatted(entry.getValue(), known.getOrDefault(entry.getKey(), 0)),
                    (a, _) -> a,
                    TreeMap::new));
    assertThat(more).as("%s, beyond baseline/%s.txt: %s", name, name, advice).isEmpty();
  }

  private static boolean writing() {
    return "write".equals(System.getProperty("lazaret.baseline"));
  }

  private List<String> lines() {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(Collection<String> lines) {
    try {
      Files.createDirectories(file.resolveSibling("."));
      Files.write(file, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
