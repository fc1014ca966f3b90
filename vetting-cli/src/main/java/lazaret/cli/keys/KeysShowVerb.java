package lazaret.cli.keys;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lazaret.bundle.ceremony.CeremonyInput;
import lazaret.bundle.ceremony.RootView;
import lazaret.bundle.keys.DecisionKey;
import lazaret.bundle.keys.KeyFile;
import lazaret.bundle.keys.KeyFolder;
import lazaret.bundle.keys.PublicPair;
import lazaret.bundle.tuf.Roles;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.desk.CliException;
import lazaret.cli.report.Cell;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.TextTable;
import lazaret.vetting.ErrorCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "show",
    header = "Show the fingerprints of keys and roots",
    description = {
      "",
      "Keys stay encrypted and no passphrase is asked for. The roots of a folder are verified in"
          + " order. For a root, the officers who signed it are listed."
    },
    footer = {
      "Examples:",
      "  vetting-cli keys show keys",
      "  vetting-cli keys show ann.pub.json",
      "  vetting-cli keys show 1.root.json"
    },
    exitCodeList = {
      "0:success",
      "2:unreadable, or another kind of file",
      "4:a root does not follow its predecessor"
    })
final class KeysShowVerb extends Verb {
  private static final List<String> ROLES =
      List.of(Roles.ROOT, Roles.TARGETS, Roles.SNAPSHOT, Roles.TIMESTAMP);

  @Parameters(paramLabel = "PATH", description = "Folder of keys, NAME.pub.json or N.root.json.")
  Path path = Path.of("");

  KeysShowVerb(CliSession session) {
    super(session);
  }

  @Override
  public Target asks() {
    return Target.NOBODY;
  }

  @Override
  public ExitCode run() {
    Path place = session().around().path(path);
    if (!Files.exists(place)) {
      throw new CliException(
          ErrorCode.MALFORMED_INPUT,
          "cannot show '%s': no such file or folder; expected a folder of keys, NAME%s or"
                  .formatted(place, KeyFile.PUBLIC_SUFFIX)
              + " N.root.json");
    }
    if (Files.isDirectory(place)) {
      folder(place);
    } else if (place.toString().endsWith(KeyFile.PUBLIC_SUFFIX)) {
      published(place);
    } else {
      root(place);
    }
    return ExitCode.DONE;
  }

  private void folder(Path place) {
    KeyFolder keys =
        KeyFolder.open(place, Passphrases.source(session(), null), session().around().clock());
    boolean rooted = !keys.roots().isEmpty();
    List<JsonObject> files = new ArrayList<>();
    for (KeyFile file : keys.files().values().stream().sorted(KeyFile.BY_NAME).toList()) {
      files.add(
          JsonObject.builder()
              .put("name", file.name())
              .put("fingerprint", file.fingerprint().groups())
              .put("elsewhere", file.isElsewhere())
              .texts("roles", rooted ? roles(keys, file) : List.of())
              .build());
    }
    JsonObject.Builder told = JsonObject.builder().list("keys", files, file -> file);
    if (rooted) {
      told.put("root", RootText.told(RootView.of(keys)));
    }
    JsonObject all = told.build();
    if (session().json()) {
      terminal().json(all);
    } else {
      print(all);
    }
  }

  private static List<String> roles(KeyFolder keys, KeyFile file) {
    if (file.name().equals(KeyFile.DECISIONS)) {
      boolean named = keys.policy().decisionKeys().containsAll(file.publicKeys());
      return named ? List.of(KeyFile.DECISIONS) : List.of();
    }
    return ROLES.stream()
        .filter(role -> keys.namesFor(keys.root(), role).contains(file.name()))
        .toList();
  }

  private void print(JsonObject all) {
    TextTable table = new TextTable("KEY", "FINGERPRINT", "SIGNS", "");
    for (JsonObject key : all.objects("keys")) {
      List<String> roles = key.texts("roles");
      table.row(
          Cell.of(TextStyle.STRONG, key.words("name")),
          Cell.of(key.words("fingerprint")),
          Cell.of(roles.isEmpty() ? "nothing" : String.join(", ", roles)),
          Cell.of(TextStyle.FAINT, key.flag("elsewhere") ? "held by a program" : ""));
    }
    terminal().table(table);
    if (all.has("root")) {
      RootText.print(terminal(), all.object("root"));
    } else {
      terminal().line("no root yet");
    }
  }

  private void published(Path file) {
    CeremonyInput input = CeremonyInput.read(file);
    String name = input.officer().map(PublicPair::name).orElse(KeyFile.DECISIONS);
    String fingerprint =
        input
            .officer()
            .map(PublicPair::fingerprint)
            .or(() -> input.decisions().map(key -> new DecisionKey(key).fingerprint()))
            .orElseThrow()
            .groups();
    if (session().json()) {
      terminal()
          .json(JsonObject.builder().put("name", name).put("fingerprint", fingerprint).build());
    } else {
      terminal().line(Cell.of(TextStyle.STRONG, name), Cell.of("  " + fingerprint));
    }
  }

  private void root(Path file) {
    RootView root = RootView.read(file);
    JsonObject told =
        RootText.told(root).toBuilder()
            .list("signatures", List.of(root.tally()), RootText::told)
            .build();
    if (session().json()) {
      terminal().json(told);
    } else {
      RootText.print(terminal(), told);
      terminal().line("signatures:  " + root.tally().words());
    }
  }
}
