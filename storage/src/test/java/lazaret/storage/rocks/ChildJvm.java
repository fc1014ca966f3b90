package lazaret.storage.rocks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The start of a main class of the tests in a process of its own.
public final class ChildJvm {
  private ChildJvm() {}

  /// Starts a class; its standard error is that of this process.
  ///
  /// @param wrapper the command before `java`, such as a tracer; may be empty
  public static Process start(List<String> wrapper, Class<?> main, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(wrapper);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-Djava.library.path=" + System.getProperty("java.library.path"));
    command.add("-cp");
    // Surefire passes the class path in a property of its own.
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /// Returns whether the large matrices are run completely.
  public static boolean all() {
    return Boolean.getBoolean("lazaret.all");
  }
}
