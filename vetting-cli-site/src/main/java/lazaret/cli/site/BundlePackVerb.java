package lazaret.cli.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import lazaret.bundle.exporting.SingleFileBundle;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.desk.CliException;
import lazaret.cli.report.ExitCode;
import lazaret.vetting.ErrorCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// The command `bundle pack`, which makes one file of the folder of a bundle.
@Command(
    name = "pack",
    header = "Pack the folder of a bundle into one file",
    description = {
      "",
      "The file is written next to the folder, which stays. Sign before you pack."
    },
    footer = {"Examples:", "  vetting-cli bundle pack /media/usb/prod-e1-00000001-full"},
    exitCodeList = {"0:packed", "2:no such bundle", "3:file not writable"})
final class BundlePackVerb extends Verb {
  @Parameters(paramLabel = "BUNDLE", description = "Folder of a bundle.")
  Path bundle = Path.of("");

  BundlePackVerb(CliSession session) {
    super(session);
  }

  @Override
  public Target asks() {
    return Target.NOBODY;
  }

  @Override
  public ExitCode run() {
    Path folder = session().around().path(bundle);
    if (!Files.isDirectory(folder.resolve("metadata"))) {
      throw new CliException(
          ErrorCode.MALFORMED_INPUT,
          "cannot pack '%s': expected the folder of a bundle, found no 'metadata' in it"
              .formatted(bundle));
    }
    try {
      Path file = SingleFileBundle.pack(folder);
      if (session().json()) {
        terminal().json(new Packed(file.toString()));
      } else {
        terminal().line("packed as " + file);
      }
      return ExitCode.DONE;
    } catch (IOException e) {
      throw new CliException(
          ErrorCode.DISK_FULL, "cannot pack '%s': %s".formatted(bundle, e.getMessage()), e);
    }
  }

  /// The JSON of a packed bundle.
  ///
  /// @param path the file
  private record Packed(String path) {}
}
