package lazaret.vetting.deskapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The javadoc of the records of desk-api, read from their sources.
final class RecordDocs {
  private static final Pattern TYPE =
      Pattern.compile("( *)(?:public )?(?:record|enum|sealed interface) (\\w+).*");
  private static final Pattern PARAM = Pattern.compile("@param (\\w+) (.*)");

  private final List<Path> sources;
  private final Map<Class<?>, Map<String, List<String>>> files = new HashMap<>();

  /// @param sources folders `src/main/java`, of which one has the source of each type
  RecordDocs(List<Path> sources) {
    this.sources = List.copyOf(sources);
  }

  /// Returns the first paragraph of the javadoc of a type.
  String summary(Class<?> type) {
    return String.join(
        " ",
        block(type).stream().takeWhile(line -> !line.isEmpty() && !line.startsWith("@")).toList());
  }

  /// Returns the `@param` texts of a record by component.
  Map<String, String> params(Class<?> type) {
    Map<String, String> params = new HashMap<>();
    String name = "";
    for (String line : block(type)) {
      Matcher param = PARAM.matcher(line);
      if (param.matches()) {
        name = param.group(1);
        params.put(name, param.group(2));
      } else if (!name.isEmpty()) {
        params.merge(name, line.strip(), (a, b) -> a + " " + b);
      }
    }
    return params;
  }

  private List<String> block(Class<?> type) {
    Class<?> top = type.isMemberClass() ? type.getDeclaringClass() : type;
    List<String> block = files.computeIfAbsent(top, this::blocks).get(type.getSimpleName());
    if (block == null) {
      throw new AssertionError("no javadoc of " + type);
    }
    return block;
  }

  /// Nested types of the API are one level deep.
  private Map<String, List<String>> blocks(Class<?> top) {
    Map<String, List<String>> blocks = new HashMap<>();
    List<String> block = new ArrayList<>();
    for (String line : lines(source(top))) {
      String text = line.strip();
      if (text.startsWith("///")) {
        block.add(text.substring(3).strip());
        continue;
      }
      Matcher type = TYPE.matcher(line);
      if (type.matches()) {
        blocks.put(type.group(2), List.copyOf(block));
      }
      block.clear();
    }
    return blocks;
  }

  private Path source(Class<?> top) {
    String name = top.getName().replace('.', '/') + ".java";
    return sources.stream()
        .map(folder -> folder.resolve(name))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no source of " + top));
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
