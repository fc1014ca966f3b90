package lazaret.bundle.attack;

import static lazaret.bundle.BundleCode.*;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import lazaret.bundle.attack.AttackBundles.Item;
import lazaret.bundle.attack.AttackBundles.Shipped;
import lazaret.bundle.format.Blob;
import lazaret.bundle.format.BundleTarget;
import lazaret.bundle.format.Formats;
import lazaret.bundle.trust.DsseEnvelope;
import lazaret.bundle.tuf.SigningKey;
import lazaret.testkit.CrateBuilder;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotKind;
import lazaret.vetting.snapshot.SnapshotLine;

/// The attacks on the content of a bundle: numbers 45 to 54.
final class ContentTrials {
  private static final String PART = BundleTarget.part(1);
  private static final String INDEX = BundleTarget.INDEX.path();
  private static final String DECISIONS = BundleTarget.DECISIONS.path();
  private static final String STATEMENT = BundleTarget.STATEMENT.path();

  private ContentTrials() {}

  static List<AttackTrial> all() {
    List<AttackTrial> all = new ArrayList<>();
    artifacts(all);
    exchanged(all);
    listed(all);
    mislabelled(all);
    decisions(all);
    decisionLines(all);
    signatures(all);
    envelopes(all);
    names(all);
    index(all);
    features(all);
    return all;
  }

  /// Adds a crate with one line to the tables, in the order of names.
  static void bring(AttackTrial.Hands h, SnapshotLine line) {
    replace(h, new SnapshotCrate(line.entry().name(), List.of(line)));
  }

  static void replace(AttackTrial.Hands h, SnapshotCrate crate) {
    List<SnapshotCrate> crates = new ArrayList<>(h.bundle().crates());
    crates.removeIf(c -> c.name().equals(crate.name()));
    crates.add(crate);
    crates.sort((a, b) -> a.name().collisionKey().compareTo(b.name().collisionKey()));
    h.bundle().crates(crates);
  }

  private static void artifacts(List<AttackTrial> all) {
    all.add(
        AttackTrial.of(
            45,
            "a byte of an artifact",
            PART_DAMAGED,
            "'part-0001.tar'",
            h -> h.bundle().flip(PART, 600)));
    all.add(
        AttackTrial.of(
            45,
            "a byte of an artifact, in a part named by its new digest",
            PART_DAMAGED,
            "part-0001.tar",
            h -> {
              h.bundle().flip(PART, 600);
              h.bundle().rename(PART);
            }));
    all.add(
        AttackTrial.of(
            45,
            "a byte of an artifact, and the part listed again without a key",
            SIGNATURE_THRESHOLD,
            "timestamp",
            h -> {
              h.bundle().flip(PART, 600);
              h.bundle().listWithoutKeys();
            }));
    all.add(
        AttackTrial.of(
            45,
            "a byte of an artifact, and the part listed again by an attacker on the export host",
            SIGNATURE_THRESHOLD,
            "targets",
            h -> {
              h.bundle().flip(PART, 600);
              h.bundle().listWithOnlineKeys();
            }));
  }

  private static void exchanged(List<AttackTrial> all) {
    all.add(
        AttackTrial.signed(
            46,
            "an artifact with the bytes of another",
            BLOB_DIGEST_MISMATCH,
            "",
            h ->
                edit(
                    h,
                    shipped -> {
                      shipped.set(
                          0, new Shipped(shipped.getFirst().id(), shipped.getLast().content()));
                      return shipped;
                    })));
    all.add(
        AttackTrial.signed(
            46,
            "an artifact with the bytes of another that the table does not list",
            BLOB_DIGEST_MISMATCH,
            "part 1",
            h ->
                AttackBundles.part(
                    h.bundle(),
                    items -> {
                      items.set(0, new Item(items.getFirst().name(), Bytes.utf8("x".repeat(100))));
                      return items;
                    })));
    all.add(
        AttackTrial.signed(
                47,
                "an artifact is missing",
                BLOB_MISSING,
                "",
                h -> edit(h, shipped -> shipped.subList(1, shipped.size())))
            .only(SnapshotKind.FULL));
    all.add(
        AttackTrial.signed(
                47,
                "an artifact is missing and not stored",
                BLOB_MISSING,
                "",
                h -> edit(h, shipped -> shipped.subList(1, shipped.size())))
            .only(SnapshotKind.DELTA)
            .inside());
  }

  private static void listed(List<AttackTrial> all) {
    all.add(
        AttackTrial.signed(
            47,
            "an artifact is in the table and not in the part",
            BLOB_MISSING,
            "part 1",
            h -> AttackBundles.part(h.bundle(), items -> items.subList(0, items.size() - 1))));
    all.add(
        AttackTrial.signed(
            47,
            "an artifact that is not listed",
            BLOB_UNDECLARED,
            "stowaway 1.0.0",
            h -> edit(h, shipped -> with(shipped, CrateBuilder.crate("stowaway", "1.0.0")))));
    all.add(
        AttackTrial.signed(
            47,
            "an artifact in the part and not in the table",
            BLOB_UNDECLARED,
            "part 1",
            h ->
                AttackBundles.part(
                    h.bundle(),
                    items -> {
                      Bytes more = Bytes.utf8("more");
                      items.add(new Item(Sha256.of(more).hex(), more));
                      return items;
                    })));
  }

  private static void mislabelled(List<AttackTrial> all) {
    all.add(
        AttackTrial.signed(
            47,
            "an artifact is listed twice",
            TABLE_MALFORMED,
            "line 2 of blobs.tsv",
            h -> {
              List<Blob> blobs = new ArrayList<>(AttackBundles.blobs(h.bundle()));
              blobs.add(1, blobs.getFirst());
              AttackBundles.blobs(h.bundle(), blobs);
            }));
    all.add(
        AttackTrial.signed(
            48,
            "an index line of other bytes than the artifact",
            CKSUM_MISMATCH,
            "alpha 1.0.1",
            h -> {
              SnapshotLine own = h.bundle().line("alpha", "1.0.1");
              Bytes other = CrateBuilder.crate("alpha", "1.0.1").file("x", "y").build();
              edit(
                  h,
                  shipped ->
                      with(
                          shipped.stream().filter(s -> !s.id().equals(own.entry().id())).toList(),
                          new Shipped(
                              new CrateId(
                                  own.entry().name(), own.entry().version(), Sha256.of(other)),
                              other)));
            }));
  }

  static void edit(AttackTrial.Hands h, UnaryOperator<List<Shipped>> change) {
    AttackBundles.ship(
        h.bundle(), change.apply(new ArrayList<>(AttackBundles.shipped(h.bundle()))));
  }

  static List<Shipped> with(List<Shipped> shipped, CrateBuilder crate) {
    return with(shipped, new Shipped(crate.id(), crate.build()));
  }

  static List<Shipped> with(List<Shipped> shipped, Shipped one) {
    List<Shipped> all = new ArrayList<>(shipped);
    all.add(one);
    return all;
  }

  private static void decisions(List<AttackTrial> all) {
    all.add(
        AttackTrial.signed(
            50,
            "the last version without a decision",
            DECISION_MISSING,
            "ends before",
            lines(BundleTarget.DECISIONS, lines -> lines.subList(0, lines.size() - 1))));
    all.add(
        AttackTrial.signed(
            50,
            "the first version without a decision",
            DECISION_MISSING,
            "expected the decision on it",
            lines(BundleTarget.DECISIONS, lines -> lines.subList(1, lines.size()))));
    all.add(
        AttackTrial.signed(
            50,
            "a decision on other bytes",
            DECISION_DIGEST_MISMATCH,
            "on other bytes",
            h -> {
              CrateBuilder other = CrateBuilder.crate("alpha", "1.0.0").file("x", "y");
              SnapshotLine line = h.outside().line(other).build();
              decision(h, Formats.signed(line.statement().payload()));
            }));
  }

  private static void decisionLines(List<AttackTrial> all) {
    all.add(
        AttackTrial.of(
            51,
            "a decision line is removed",
            TABLE_HASH_MISMATCH,
            "'" + DECISIONS + "'",
            lines(BundleTarget.DECISIONS, lines -> lines.subList(1, lines.size()), false)));
    all.add(
        AttackTrial.of(
            51,
            "a decision line is doubled",
            TABLE_HASH_MISMATCH,
            "'" + DECISIONS + "'",
            lines(
                BundleTarget.DECISIONS,
                lines -> {
                  lines.add(0, lines.getFirst());
                  return lines;
                },
                false)));
    all.add(
        AttackTrial.of(
            51,
            "decision lines in another order",
            TABLE_HASH_MISMATCH,
            "'" + DECISIONS + "'",
            lines(
                BundleTarget.DECISIONS,
                lines -> {
                  Collections.swap(lines, 0, 1);
                  return lines;
                },
                false)));
    all.add(
        AttackTrial.signed(
            51,
            "a decision line more than there are versions",
            TABLE_MALFORMED,
            "more decisions",
            lines(
                BundleTarget.DECISIONS,
                lines -> {
                  lines.add(lines.getLast());
                  return lines;
                })));
  }

  private static void signatures(List<AttackTrial> all) {
    all.add(
        AttackTrial.signed(
            52,
            "a decision of another type",
            DECISION_SIGNATURE_INVALID,
            "'application/json'",
            h -> {
              DsseEnvelope own = envelope(h);
              decision(
                  h, new DsseEnvelope(own.payload(), "application/json", own.signatures()).line());
            }));
    all.add(
        AttackTrial.signed(
            52,
            "a decision by a key that names itself another",
            DECISION_SIGNATURE_INVALID,
            "0 of the keys",
            h -> {
              SigningKey other = SigningKey.ed25519(Formats.seed("other"));
              DsseEnvelope forged = DsseEnvelope.signed(envelope(h).payload(), other);
              var lie =
                  new DsseEnvelope.Signature(
                      Formats.KEY.publicKey().id(), forged.signatures().getFirst().signature());
              decision(
                  h, new DsseEnvelope(forged.payload(), forged.payloadType(), List.of(lie)).line());
            }));
    all.add(
        AttackTrial.signed(
            52,
            "a decision by a key that the root names no longer",
            DECISION_SIGNATURE_INVALID,
            "0 of the keys",
            h -> {
              SigningKey other = SigningKey.ed25519(Formats.seed("other"));
              decision(h, DsseEnvelope.signed(envelope(h).payload(), other).line());
            }));
    all.add(
        AttackTrial.signed(
            52,
            "a decision that was changed after it was signed",
            DECISION_SIGNATURE_INVALID,
            "0 of the keys",
            h -> {
              DsseEnvelope own = envelope(h);
              String changed = own.payload().text().replace("\"sequence\":7", "\"sequence\":9");
              decision(
                  h,
                  new DsseEnvelope(Bytes.utf8(changed), own.payloadType(), own.signatures())
                      .line());
            }));
  }

  private static void envelopes(List<AttackTrial> all) {
    all.add(
        AttackTrial.signed(
            52,
            "a signature over type and payload with the border between them moved",
            DECISION_SIGNATURE_INVALID,
            "0 of the keys",
            h -> {
              DsseEnvelope own = envelope(h);
              // The signed message begins with lengths, so one text cannot be two messages.
              String text = own.payload().text();
              var moved =
                  new DsseEnvelope(
                      Bytes.utf8(text.length() + " " + text), own.payloadType(), own.signatures());
              decision(h, moved.line());
            }));
    all.add(
        AttackTrial.signed(
            52,
            "a decision taken out of the envelope that it was signed in",
            DECISION_SIGNATURE_INVALID,
            "0 of the keys",
            h -> {
              DsseEnvelope own = DsseEnvelope.parse(Bytes.utf8(shared(h)));
              String text = own.payload().text();
              var less =
                  new DsseEnvelope(
                      Bytes.utf8(text.substring(text.indexOf('\n') + 1)),
                      own.payloadType(),
                      own.signatures());
              h.bundle().lines(BundleTarget.DECISIONS, List.of(less.line().text()));
            }));
    all.add(
        AttackTrial.signed(
            52,
            "a decision in bad base64",
            TABLE_MALFORMED,
            "base64",
            h ->
                decision(
                    h,
                    Bytes.utf8(
                        envelope(h).line().text().replace("\"payload\":\"", "\"payload\":\"*")))));
  }

  /// Puts each decision into an envelope of its own.
  private static void oneByOne(AttackTrial.Hands h) {
    h.bundle().crates(h.bundle().crates());
  }

  /// Returns the envelope with only the first decision, on alpha 1.0.0.
  private static DsseEnvelope envelope(AttackTrial.Hands h) {
    oneByOne(h);
    return DsseEnvelope.parse(Bytes.utf8(h.bundle().lines(BundleTarget.DECISIONS).getFirst()));
  }

  /// Returns the line with the envelope of all decisions.
  private static String shared(AttackTrial.Hands h) {
    List<String> lines = h.bundle().lines(BundleTarget.DECISIONS);
    if (lines.size() != 1) {
      throw new IllegalStateException("expected one envelope, found " + lines.size());
    }
    return lines.getFirst();
  }

  /// Replaces the first decision.
  private static void decision(AttackTrial.Hands h, Bytes line) {
    oneByOne(h);
    h.bundle()
        .editLines(
            BundleTarget.DECISIONS,
            lines -> {
              lines.set(0, line.text());
              return lines;
            });
  }

  private static AttackTrial.Deed lines(BundleTarget table, UnaryOperator<List<String>> change) {
    return lines(table, change, true);
  }

  /// Returns a modification of the lines of a table.
  ///
  /// @param adjusted whether the statement is adjusted to the table
  private static AttackTrial.Deed lines(
      BundleTarget table, UnaryOperator<List<String>> change, boolean adjusted) {
    return h -> {
      Bytes statement = h.bundle().get(STATEMENT);
      if (table == BundleTarget.DECISIONS) {
        oneByOne(h);
      }
      h.bundle().editLines(table, change);
      if (!adjusted) {
        h.bundle().put(STATEMENT, statement);
      }
    };
  }

  private static void names(List<AttackTrial> all) {
    all.add(
        AttackTrial.signed(
            53, "two names that differ in case", NAME_COLLISION, "'Alpha'", h -> twin(h, "Alpha")));
    all.add(
        AttackTrial.signed(
            53,
            "two names that differ in a dash",
            NAME_COLLISION,
            "'under-score'",
            h -> {
              bring(h, h.outside().line("under_score", "2.0.0").build());
              twin(h, "under-score");
            }));
  }

  private static void index(List<AttackTrial> all) {
    all.add(
        AttackTrial.signed(
            54,
            "an index line with a bad name",
            INDEX_MALFORMED,
            "",
            lines(
                BundleTarget.INDEX,
                lines -> {
                  lines.set(1, lines.get(1).replace("\"name\":\"alpha\"", "\"name\":\"../alpha\""));
                  return lines;
                })));
    all.add(
        AttackTrial.signed(
            54,
            "a crate with a bad name",
            TABLE_MALFORMED,
            INDEX,
            lines(
                BundleTarget.INDEX,
                lines -> {
                  lines.set(0, lines.getFirst().replace("alpha", "../alpha"));
                  return lines;
                })));
  }

  private static void features(List<AttackTrial> all) {
    all.add(
        AttackTrial.signed(
            54,
            "features of ten megabytes",
            LIMIT_EXCEEDED,
            INDEX,
            lines(
                BundleTarget.INDEX,
                lines -> {
                  String features = "\"features\":{\"" + "f".repeat(10 << 20) + "\":[]}";
                  lines.set(1, lines.get(1).replace("\"features\":{}", features));
                  return lines;
                })));
    all.add(
        AttackTrial.signed(
            54,
            "more features than a crate has",
            INDEX_MALFORMED,
            "",
            lines(
                BundleTarget.INDEX,
                lines -> {
                  var features = new StringBuilder("\"features\":{\"a\":[]");
                  for (int i = 0; i < 25_000; i++) {
                    features.append(",\"f").append(i).append("\":[]");
                  }
                  lines.set(1, lines.get(1).replace("\"features\":{}", features + "}"));
                  return lines;
                })));
    all.add(
        AttackTrial.signed(
            54,
            "the lines of another crate",
            INDEX_MALFORMED,
            "",
            lines(
                BundleTarget.INDEX,
                lines -> {
                  lines.set(1, lines.get(1).replace("\"name\":\"alpha\"", "\"name\":\"omega\""));
                  return lines;
                })));
  }

  /// Adds a crate after the one with the same collision key.
  private static void twin(AttackTrial.Hands h, String name) {
    SnapshotLine line = h.outside().line(name, "1.0.0").build();
    h.bundle()
        .editLines(
            BundleTarget.INDEX,
            lines -> {
              int at = 0;
              while (!lines
                  .get(at)
                  .toLowerCase(java.util.Locale.ROOT)
                  .replace('_', '-')
                  .startsWith("{\"crate\":\"" + name.toLowerCase(java.util.Locale.ROOT))) {
                at++;
              }
              int count = Integer.parseInt(lines.get(at).replaceAll(".*:([0-9]+)}", "$1"));
              lines.add(at + count + 1, "{\"crate\":\"%s\",\"lines\":1}".formatted(name));
              lines.add(at + count + 2, line.entry().raw().text());
              return lines;
            });
  }
}
