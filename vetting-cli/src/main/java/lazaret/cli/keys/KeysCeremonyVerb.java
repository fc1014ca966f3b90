package lazaret.cli.keys;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import lazaret.bundle.BundleCode;
import lazaret.bundle.ceremony.CeremonyInput;
import lazaret.bundle.ceremony.CeremonyRehearsal;
import lazaret.bundle.ceremony.RootCeremony;
import lazaret.bundle.keys.RootPlan;
import lazaret.bundle.trust.RootPolicy;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.desk.CliException;
import lazaret.cli.report.ExitCode;
import lazaret.vetting.ErrorCode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "ceremony",
    header = "Create the first root of a stream",
    description = {
      "",
      "With --operator, everything is created and signed for one operator, in one folder: a pair of"
          + " keys, the key for decisions and the root.",
      "",
      "Without --operator, the public files of all officers and of decisions are read, and"
          + " 1.root.json is written for the officers to sign, with a transcript for paper. --root,"
          + " --targets and --release name the officers and how many of them must sign:"
          + " 2:ann,ben,cem. The default of --targets is --root. --rehearsal runs the whole"
          + " ceremony with temporary keys."
    },
    footer = {
      "Examples:",
      "  vetting-cli keys ceremony --operator me --stream prod --out keys",
      "  vetting-cli keys ceremony *.pub.json --stream prod --root 2:ann,ben,cem --release host \\",
      "      --attendee 'Ann Example' --out .",
      "  vetting-cli keys ceremony --rehearsal --stream prod --root 2:ann,ben,cem --release host"
    },
    exitCodeList = {
      "0:created, or rehearsed",
      "2:invalid names, numbers or public files, wrong passphrase, or a root exists"
    })
final class KeysCeremonyVerb extends Verb {
  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description = "Public files: NAME.pub.json of each officer, and decisions.pub.json.")
  List<Path> files = new ArrayList<>();

  @Option(
      names = "--operator",
      paramLabel = "NAME",
      description = "Name of the only operator, who signs everything.")
  @Nullable String single;

  @Option(
      names = "--stream",
      required = true,
      paramLabel = "NAME",
      description = "Name of the stream of all bundles under this root.")
  String stream = "";

  @Mixin final RootOptions of = new RootOptions();

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "Folder for the output; not needed for a rehearsal.")
  @Nullable Path out;

  @Option(
      names = "--rehearsal",
      description = "Run the whole ceremony with temporary keys, and print the transcript.")
  boolean rehearsal;

  @Option(
      names = "--passphrase-file",
      paramLabel = "FILE",
      description = "For --operator: file whose first line is the passphrase.")
  @Nullable Path passphrase;

  KeysCeremonyVerb(CliSession session) {
    super(session);
  }

  @Override
  public boolean isTyped(BundleCode code) {
    return RootOptions.isTyped(code);
  }

  @Override
  public Target asks() {
    return Target.NOBODY;
  }

  @Override
  public ExitCode run() {
    if (rehearsal) {
      rehearse();
    } else if (single != null) {
      alone(single);
    } else {
      propose();
    }
    return ExitCode.DONE;
  }

  private Path folder() {
    return session()
        .around()
        .path(Optional.ofNullable(out).orElseThrow(() -> missing("missing --out FOLDER")));
  }

  private static CliException missing(String what) {
    return new CliException(ErrorCode.MALFORMED_INPUT, "cannot hold a ceremony: " + what);
  }

  private void alone(String name) {
    if (of.root != null || of.targets != null || of.release != null || !files.isEmpty()) {
      throw missing("--operator signs everything; leave out public files and roles");
    }
    Path folder = folder();
    var site = of.site(session()).orElse(null);
    char[] typed = Passphrases.fresh(session(), passphrase, name);
    try {
      RootCeremony.Single made =
          RootCeremony.single(
              folder,
              new RootCeremony.Alone(name, stream, of.lifetime(), site),
              typed,
              session().around().clock());
      RootText.proposed(
          session(),
          made.proposal(),
          made.written(),
          List.of(
              "write the fingerprint on paper: the inside trusts the root by it",
              "next:  vetting-cli bundle export FOLDER --keys " + out));
    } finally {
      Arrays.fill(typed, '\0');
    }
  }

  private void propose() {
    Path folder = folder();
    List<CeremonyInput> inputs =
        files.stream().map(file -> CeremonyInput.read(session().around().path(file))).toList();
    var site = of.site(session()).orElse(null);
    var ceremony =
        new RootCeremony(newStream(), of.lifetime(), inputs, roles(), of.attendees, site);
    var proposal = ceremony.propose(session().now());
    RootText.proposed(
        session(),
        proposal,
        proposal.write(folder),
        List.of(
            "next, on the machine of each officer:",
            "  vetting-cli sign 1.root.json --keys FOLDER --fingerprint '"
                + proposal.fingerprint().groups()
                + "'"));
  }

  private RootPolicy.Stream newStream() {
    return new RootPolicy.Stream(stream, UUID.randomUUID());
  }

  private Map<String, RootPlan.Duty> roles() {
    if (of.root == null || of.release == null) {
      throw missing("missing --root and --release, or --operator NAME");
    }
    return RoleAssignments.of(of.root, of.targets == null ? of.root : of.targets, of.release);
  }

  private void rehearse() {
    String everybody = single;
    Map<String, RootPlan.Duty> duties =
        everybody == null ? roles() : RoleAssignments.of(everybody, everybody, everybody);
    var plan = new CeremonyRehearsal(newStream(), of.lifetime(), duties, of.attendees);
    try {
      CeremonyRehearsal.Done done = plan.run(session().around().clock());
      if (session().json()) {
        terminal().json(new Rehearsal(true, done.steps(), done.transcript()));
      } else {
        done.steps().forEach(step -> terminal().line(step));
        terminal().line("");
        terminal().document(done.transcript());
      }
    } catch (IOException e) {
      throw new CliException(
          ErrorCode.DISK_FULL, "cannot rehearse in the temporary folder: " + e.getMessage(), e);
    }
  }

  /// The JSON of a rehearsal.
  ///
  /// @param rehearsal always true
  /// @param steps the steps, one line each
  /// @param transcript the text of the transcript
  private record Rehearsal(boolean rehearsal, List<String> steps, String transcript) {}
}
