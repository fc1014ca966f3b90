package lazaret.bundle.attack;

import static lazaret.bundle.BundleCode.*;
import static lazaret.bundle.attack.ContentTrials.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lazaret.bundle.attack.AttackBundles.Shipped;
import lazaret.bundle.format.BundleStatement;
import lazaret.bundle.format.BundleTarget;
import lazaret.bundle.format.ChangeList;
import lazaret.bundle.tuf.JsonValue;
import lazaret.testkit.CrateBuilder;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotKind;
import lazaret.vetting.snapshot.SnapshotLine;

/// The attacks on the statement of a bundle that need one bundle only, among numbers 31 to 56.
final class StatementTrials {
  private StatementTrials() {}

  static List<AttackTrial> all() {
    List<AttackTrial> all = new ArrayList<>();
    statements(all);
    formats(all);
    chain(all);
    knownVersions(all);
    words(all);
    wordsOfCrates(all);
    return all;
  }

  private static void statements(List<AttackTrial> all) {
    all.add(
        AttackTrial.signed(
            31,
            "a statement of another stream under the same keys",
            BUNDLE_WRONG_STREAM,
            "'test'",
            h -> h.bundle().say("stream.name", "test")));
    all.add(
        AttackTrial.of(
                37,
                "a delta that says it is full",
                TARGET_DAMAGED,
                "'bundle.json'",
                StatementTrials::relabel)
            .only(SnapshotKind.DELTA));
    all.add(
        AttackTrial.of(
                37,
                "a delta that states that it is full, by an attacker on the export host",
                SIGNATURE_THRESHOLD,
                "targets",
                h -> {
                  relabel(h);
                  h.bundle().listWithOnlineKeys();
                })
            .only(SnapshotKind.DELTA));
    all.add(
        AttackTrial.signed(
                38,
                "a wrong result",
                BUNDLE_STATE_MISMATCH,
                "ab".repeat(32),
                h -> h.bundle().say("result.stateRoot", "ab".repeat(32)))
            .only(SnapshotKind.FULL));
    all.add(
        AttackTrial.signed(
                38,
                "a delta with a wrong result",
                BUNDLE_STATE_MISMATCH,
                "ab".repeat(32),
                h -> h.bundle().say("result.stateRoot", "ab".repeat(32)))
            .only(SnapshotKind.DELTA)
            .inside());
  }

  private static void formats(List<AttackTrial> all) {
    all.add(
        AttackTrial.signed(
            39,
            "a later format",
            BUNDLE_FORMAT_UNSUPPORTED,
            "format 2",
            h -> h.bundle().say("format", 2)));
    all.add(
        AttackTrial.signed(
            39,
            "a feature that is not known",
            BUNDLE_FORMAT_UNSUPPORTED,
            "[chunks]",
            h ->
                h.bundle()
                    .say(
                        "requires",
                        Optional.of(new JsonValue.Items(List.of(new JsonValue.Text("chunks")))))));
    all.add(
        AttackTrial.signed(
                40,
                "a revocation that allows",
                REVOCATION_NOT_MONOTONE,
                "delta 0.1.0",
                h -> {
                  bring(h, h.outside().line("delta", "0.1.0").build());
                  h.bundle().say("contents.entries", 2);
                })
            .only(SnapshotKind.REVOCATION));
    all.add(
        AttackTrial.signed(
                40,
                "a revocation with an artifact",
                REVOCATION_NOT_MONOTONE,
                "with artifacts",
                h -> {
                  CrateBuilder crate = CrateBuilder.crate("delta", "0.1.0");
                  AttackBundles.ship(h.bundle(), List.of(new Shipped(crate.id(), crate.build())));
                })
            .only(SnapshotKind.REVOCATION));
    all.add(
        AttackTrial.signed(
            43,
            "a statement of a later epoch than its keys",
            BUNDLE_EPOCH_INVALID,
            "epoch 2",
            h -> h.bundle().say("epoch", 2)));
  }

  /// Adds the trials that only a site with the earlier state can detect.
  private static void chain(List<AttackTrial> all) {
    all.add(
        AttackTrial.signed(
                31,
                "a bundle for another network",
                BUNDLE_WRONG_STREAM,
                "[lab]",
                h ->
                    h.bundle()
                        .say(
                            "audience",
                            Optional.of(new JsonValue.Items(List.of(new JsonValue.Text("lab"))))))
            .inside());
    all.add(
        AttackTrial.signed(
                35,
                "a delta on another state of the same number",
                BUNDLE_BASE_MISMATCH,
                "ab".repeat(8),
                h -> h.bundle().say("base.stateRoot", "ab".repeat(32)))
            .only(SnapshotKind.DELTA)
            .inside());
    for (String list : List.of("removed", "yanked", "revoked", "added")) {
      all.add(
          AttackTrial.signed(
                  56,
                  "what is " + list + " is not announced",
                  BUNDLE_STATE_MISMATCH,
                  "not the announced ones",
                  h ->
                      h.bundle()
                          .say("changes." + list, Optional.of(h.bundle().said("changes.changed"))))
              .only(SnapshotKind.DELTA)
              .inside());
    }
    all.add(
        AttackTrial.signed(
                56,
                "a full bundle with a line yanked that its state has not",
                BUNDLE_STATE_MISMATCH,
                "state",
                StatementTrials::yank)
            .only(SnapshotKind.FULL));
    all.add(
        AttackTrial.signed(
                56,
                "a delta with a line yanked that its state has not",
                BUNDLE_STATE_MISMATCH,
                "state",
                StatementTrials::yank)
            .only(SnapshotKind.DELTA)
            .inside());
  }

  private static void knownVersions(List<AttackTrial> all) {
    all.add(
        AttackTrial.signed(
                49,
                "other bytes under a version that is known",
                CKSUM_CHANGED,
                "alpha 1.0.0",
                h -> {
                  CrateBuilder other = CrateBuilder.crate("alpha", "1.0.0").file("x", "y");
                  SnapshotLine line = h.outside().line(other).build();
                  SnapshotLine own = h.bundle().line("alpha", "1.0.1");
                  replace(h, new SnapshotCrate(line.entry().name(), List.of(line, own)));
                  edit(h, shipped -> with(dropped(shipped, "alpha", "1.0.0"), other));
                  h.bundle().settle(h.base());
                })
            .inside());
  }

  private static List<Shipped> dropped(List<Shipped> shipped, String crate, String version) {
    return shipped.stream()
        .filter(
            s ->
                !s.id().name().published().equals(crate)
                    || !s.id().version().text().equals(version))
        .toList();
  }

  private static void yank(AttackTrial.Hands h) {
    h.bundle()
        .editLines(
            BundleTarget.INDEX,
            lines -> {
              lines.replaceAll(
                  l ->
                      l.contains("\"1.0.1\"")
                          ? l.replace("\"yanked\":false", "\"yanked\":true")
                          : l);
              return lines;
            });
  }

  /// Adds the trials with text that is shown to people and must be printable.
  private static void words(List<AttackTrial> all) {
    JsonValue hostile = new JsonValue.Text("a\u001b[2J\u202eb");
    all.add(
        AttackTrial.signed(
            70,
            "a network whose name rewrites the terminal",
            METADATA_MALFORMED,
            "found 'a?[2J?b'",
            h -> h.bundle().say("audience", Optional.of(new JsonValue.Items(List.of(hostile))))));
    all.add(
        AttackTrial.signed(
            70,
            "a product whose name rewrites the terminal",
            METADATA_MALFORMED,
            "'product'",
            h -> h.bundle().say("product", Optional.of(hostile))));
    all.add(
        AttackTrial.signed(
            70,
            "a stream whose name rewrites the terminal",
            METADATA_MALFORMED,
            "lower-case letters",
            h -> h.bundle().say("stream.name", Optional.of(hostile))));
    all.add(
        AttackTrial.signed(
            70,
            "a kind that rewrites the terminal",
            METADATA_MALFORMED,
            "found 'a?[2J?b'",
            h -> h.bundle().say("kind", Optional.of(hostile))));
    all.add(
        AttackTrial.signed(
            70,
            "a feature that rewrites the terminal",
            BUNDLE_FORMAT_UNSUPPORTED,
            "[a?[2J?b]",
            h -> h.bundle().say("requires", Optional.of(new JsonValue.Items(List.of(hostile))))));
  }

  private static void wordsOfCrates(List<AttackTrial> all) {
    all.add(
        AttackTrial.signed(
            70,
            "a changed version whose name rewrites the terminal",
            METADATA_MALFORMED,
            "names and versions",
            h -> {
              var list = new ChangeList(9);
              list.add("a\u001b[2J 1.0.0");
              BundleStatement.Change change = list.finish();
              h.bundle().say("changes.added.count", 1);
              h.bundle().say("changes.added.digest", change.digest().hex());
              h.bundle()
                  .say(
                      "changes.added.items",
                      Optional.of(
                          new JsonValue.Items(
                              List.of(new JsonValue.Text(change.items().getFirst())))));
            }));
    all.add(
        AttackTrial.signed(
            70,
            "a crate whose name rewrites the terminal",
            TABLE_MALFORMED,
            "?[2J",
            h ->
                h.bundle()
                    .editLines(
                        BundleTarget.INDEX,
                        lines -> {
                          lines.set(0, lines.getFirst().replace("alpha", "al\u001b[2Jpha"));
                          return lines;
                        })));
  }

  private static void relabel(AttackTrial.Hands h) {
    h.bundle().say("kind", "full");
    h.bundle().say("base", Optional.empty());
    h.bundle().say("window", Optional.empty());
  }
}
