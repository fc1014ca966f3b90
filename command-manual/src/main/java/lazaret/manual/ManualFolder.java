package lazaret.manual;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/// The folder with all manual pages and completions:
///
/// - `man/man1/vetting-cli.1`, `man/man8/mirror-server.8`: a page for each program and command
/// - `completions/bash/vetting-cli`, `completions/zsh/_vetting-cli`,
///   `completions/fish/vetting-cli.fish`
public final class ManualFolder {
  private ManualFolder() {}

  /// Writes all files. Existing files of the same names are replaced.
  ///
  /// @param date the date that the pages state
  /// @throws IOException as the file system throws it
  public static void write(List<ManualProgram> programs, LocalDate date, Path folder)
      throws IOException {
    for (ManualProgram program : programs) {
      Path man = folder.resolve("man").resolve("man" + program.section());
      Files.createDirectories(man);
      for (Map.Entry<String, String> page : ManualPage.pages(program, date).entrySet()) {
        Files.writeString(man.resolve(page.getKey()), page.getValue());
      }
      for (CompletionWriter.Shell shell : CompletionWriter.Shell.values()) {
        Path completions = folder.resolve("completions").resolve(shell.name());
        Files.createDirectories(completions);
        Files.writeString(
            completions.resolve(CompletionWriter.fileName(shell, program.spec())),
            CompletionWriter.script(shell, program.spec()));
      }
    }
  }
}
