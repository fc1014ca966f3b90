package lazaret.bundle.service;

import lazaret.bundle.format.BundleStatement;
import lazaret.bundle.format.BundleStatement.Change;
import lazaret.bundle.trust.Fingerprint;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.json.JsonWriter;
import lazaret.vetting.snapshot.SnapshotKind;

/// The fields of a bundle statement in a response.
final class Statements {
  private Statements() {}

  static void put(JsonWriter json, BundleStatement said, Sha256 digest) {
    json.text("name", said.folder())
        .text("bundle", digest.hex())
        .text("fingerprint", Fingerprint.of(digest).groups())
        .text("stream", said.stream().name())
        .put("epoch", said.epoch())
        .put("sequence", said.sequence())
        .text("kind", said.kind().word())
        .texts("audience", said.audience())
        .text("state_root", said.result().stateRoot().hex())
        .put("crates", said.result().crates())
        .put("versions", said.result().versions())
        .put("bytes", said.result().bytes())
        .text("issued", said.issued())
        .text("expires", said.expires())
        .text("next_expected_by", said.nextExpectedBy());
    if (said.kind() == SnapshotKind.DELTA) {
      json.list(
          "bases",
          said.bases(),
          (out, base) ->
              out.put("sequence", base.sequence()).text("state_root", base.stateRoot().hex()));
    }
    json.object(
        "changes",
        out -> {
          BundleStatement.Changes changes = said.changes();
          change(out, "added", changes.added());
          change(out, "changed", changes.changed());
          change(out, "yanked", changes.yanked());
          change(out, "removed", changes.removed());
          change(out, "revoked", changes.revoked());
          change(out, "cksum_changed", changes.cksumChanged());
        });
    json.list(
        "feeds",
        said.feeds(),
        (out, feed) -> out.text("name", feed.info().name()).text("as_of", feed.info().asOf()));
  }

  private static void change(JsonWriter json, String name, Change change) {
    json.object(name, out -> out.put("count", change.count()).texts("items", change.items()));
  }
}
