package lazaret.bundle.ceremony;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import lazaret.bundle.keys.DecisionKey;
import lazaret.bundle.keys.PublicPair;
import lazaret.bundle.keys.RootPlan;
import lazaret.bundle.trust.RootPolicy;
import lazaret.bundle.trust.StoredTrust;
import lazaret.bundle.tuf.Metadata;
import lazaret.bundle.tuf.SignedMetadata;
import lazaret.bundle.tuf.TufKey;
import lazaret.vetting.Excerpt;
import lazaret.vetting.crates.Sha256;

/// The transcript of a ceremony: plain text for paper, with the commands that verify the root
/// without this program.
final class CeremonyTranscript {
  private static final int LABEL = 14;

  /// The commands need bash, jq, coreutils and OpenSSL 3.5 or later.
  private static final String CHECK =
      """
      f=ROOT.root.json
      jq -jcS .signed "$f" | sed 's/\\\\n/\\n/g' > signed
      { printf 'tuf\\001'; openssl dgst -sha512 -binary signed; } > signed.tuf
      for id in $(jq -r '.signatures[].keyid' "$f"); do
        sig=$(jq -r --arg id "$id" '.signatures[] | select(.keyid == $id).sig' "$f")
        key=$(jq -r --arg id "$id" '.signed.keys[$id].keyval.public' "$f")
        echo "$sig" | tr a-f A-F | basenc --base16 -d > sig
        case $(jq -r --arg id "$id" '.signed.keys[$id].keytype' "$f") in
          ml-dsa) echo "$key" > key.pem; of=signed.tuf ;;
          ecdsa) echo "$key" > key.pem; of=signed ;;
          *) echo "302a300506032b6570032100$key" | tr a-f A-F | basenc --base16 -d |
               openssl pkey -pubin -inform DER -out key.pem; of=signed ;;
        esac
        echo "$id $(openssl pkeyutl -verify -rawin -pubin -inkey key.pem -in $of -sigfile sig)"
      done
      sha256sum < signed
      openssl dgst -sha256 -binary signed | head -c 25 | base32 -w0 |
        tr A-Z2-7 0-9a-hjkmnp-tv-z | sed 's/..../& /g'; echo
      """;

  private final StringBuilder text = new StringBuilder();

  private CeremonyTranscript() {}

  static String of(
      RootPlan plan, SignedMetadata<Metadata.Root> root, RootProposal.Meeting meeting) {
    var transcript = new CeremonyTranscript();
    transcript.head(plan, root, meeting);
    transcript.people(meeting.attendees());
    transcript.inputs(meeting.inputs());
    transcript.officers(plan);
    transcript.decisions(plan.decisionKeys());
    transcript.site(plan);
    transcript.heading("Root");
    transcript.line("fingerprint", StoredTrust.fingerprint(root.raw()).groups());
    transcript.line("sha256", Sha256.of(root.canonical()).hex());
    transcript.heading("Checking the signed root without this program");
    transcript.text.append(CHECK.replace("ROOT", Long.toString(root.content().version())));
    return transcript.text.toString();
  }

  private void head(
      RootPlan plan, SignedMetadata<Metadata.Root> root, RootProposal.Meeting meeting) {
    text.append(
        meeting.rehearsal()
            ? "REHEARSAL OF A KEY CEREMONY: THESE KEYS ARE THROWN AWAY\n\n"
            : "KEY CEREMONY\n\n");
    line("stream", plan.stream().name() + " " + plan.stream().uuid());
    line("root", "version %d, epoch %d".formatted(root.content().version(), plan.epoch()));
    line("expires", root.content().expires().toString());
    line("made", meeting.at().toString());
    meeting.changes().forEach(change -> line("change", change));
  }

  private void people(List<String> attendees) {
    heading("Attendees");
    if (attendees.isEmpty()) {
      text.append("(none named)\n");
    }
    attendees.forEach(
        name -> text.append(Excerpt.of(name)).append("\n    signature: ____________________\n"));
  }

  private void inputs(List<CeremonyInput> inputs) {
    heading("Inputs (sha256)");
    inputs.forEach(input -> text.append(input.digest()).append("  ").append(input.name() + "\n"));
    if (inputs.isEmpty()) {
      text.append("(none)\n");
    }
  }

  private void officers(RootPlan plan) {
    heading("Roles");
    for (String role : RootPolicy.ROLES) {
      RootPlan.Duty duty = plan.duty(role);
      line(role, "%d of %s".formatted(duty.minPairs(), String.join(", ", duty.officers())));
    }
    heading("Officers");
    for (PublicPair pair : plan.officers().values()) {
      line(pair.name(), pair.fingerprint().groups());
      pair.keys().forEach(this::key);
    }
  }

  private void decisions(List<TufKey> keys) {
    heading("Keys of decisions");
    for (TufKey key : keys) {
      line("decisions", new DecisionKey(key).fingerprint().groups());
      key(key);
    }
  }

  private void site(RootPlan plan) {
    List<String> lines = plan.site().lines();
    if (!lines.isEmpty()) {
      heading("Accepted inside besides");
      lines.forEach(line -> text.append(line).append('\n'));
      plan.site().releaseKeys().forEach(this::key);
      plan.site().resultKeys().forEach(result -> key(result.key()));
    }
  }

  private void key(TufKey key) {
    line("  " + key.type(), key.id());
    String material =
        key.material()
            .lines()
            .filter(line -> !line.startsWith("-----"))
            .collect(Collectors.joining());
    for (String piece : pieces(material)) {
      text.append("    ").append(piece).append('\n');
    }
  }

  private static List<String> pieces(String material) {
    List<String> pieces = new ArrayList<>();
    int width = 76;
    for (int from = 0; from < material.length(); from += width) {
      pieces.add(material.substring(from, Math.min(material.length(), from + width)));
    }
    return pieces;
  }

  private void heading(String title) {
    text.append('\n').append(title).append('\n').append("-".repeat(title.length())).append('\n');
  }

  private void line(String label, String value) {
    text.append(label)
        .append(" ".repeat(Math.max(1, LABEL - label.length())))
        .append(value)
        .append('\n');
  }
}
