package lazaret.vetting.gate.store;

import lazaret.vetting.text.Coded;

/// The name of a small value of a store ([Store#meta]). The codes are stored and never change.
public enum MetaKey implements Coded {
  /// The moment from which verdicts are recorded.
  VERDICTS_SINCE("rulings.since"),
  /// The progress of a conversion into this store ([ConversionState]).
  CONVERSION("conversion"),
  /// The flag that a re-evaluation after a change of feeds is pending. After a crash it shows that
  /// the re-evaluation is incomplete.
  FEEDS_REEVALUATION("feeds.rejudge"),
  /// The digest of the indicators of the last complete search.
  RESCAN_DONE("rescan.done"),
  /// The digest of the current indicators with the last crate whose search is complete.
  RESCAN_REACHED("rescan.reached"),
  /// The moments at which records past their retention were removed last.
  RETENTION_RAN("retention.ran"),
  /// The numbers of records that were removed to keep a limit.
  RETENTION_DROPPED("retention.dropped"),
  /// The digest of the rules for the removal of artifacts that are in force.
  RETENTION_RULES("retention.rules"),
  /// The moment at which these rules were followed last.
  RETENTION_FOLLOWED("retention.followed"),
  /// The progress of the scrub.
  SCRUB_REACHED("scrub.reached"),
  /// The register of suspected removals upstream.
  REMOVALS("removals"),
  /// The state of following the registry.
  FOLLOW_STATE("follow.state"),
  /// The names of all crates of the public registry, as hashes, by the first two digits of these.
  PUBLIC_NAMES_PREFIX("public-names/"),
  /// The sequence of the last entry of the ledger that was searched for alarms about names.
  NAME_ALARMS_REACHED("name-alarms.reached"),
  /// The generation of the policy that was in force last.
  POLICY_GENERATION("policy.generation"),
  /// The ids of revoked tokens, oldest first.
  REVOKED_TOKENS("tokens-revoked"),
  /// The ids of exchanged tokens of CI jobs, with their expiry, by the first two digits of their
  /// digests.
  USED_TOKEN_IDS_PREFIX("token-ids-used/"),
  /// The names of the peers whose audits are stored.
  AUDIT_PEERS("audits"),
  /// The audits of a peer, by its name.
  AUDITS_PREFIX("audits/"),
  /// The evidence of a sandbox build, by the SHA-256 of the artifact.
  DETONATION_PREFIX("detonation/"),
  /// The sequence of the last event that a receiver of webhooks confirmed, by the hash of its URL.
  WEBHOOK_PREFIX("webhook."),
  /// The sequence of the snapshot that is served.
  SNAPSHOT_HEAD("snapshot.head"),
  /// The moment by which the newest bundle promised the next one.
  SNAPSHOT_NEXT("snapshot.next"),
  /// The accepted omissions of versions that the index does not know.
  SNAPSHOT_OMISSIONS("snapshot.gaps"),
  /// The version of the last metadata that an export made.
  BUNDLE_VERSION("bundle.version"),
  /// The exported stream with the sequence of its first snapshot.
  BUNDLE_STREAM("bundle.stream"),
  /// The consents to the import of a bundle whose metadata is expired.
  BUNDLE_WAIVERS("bundle.waivers"),
  /// The imported revocations.
  BUNDLE_REVOCATIONS("bundle.revocations"),
  /// The import in progress.
  BUNDLE_IMPORT("bundle.import"),
  /// The flag that a removal of old snapshots is pending.
  BUNDLE_SWEEP("bundle.sweep"),
  /// The number of the last exported bundle of advisories.
  BUNDLE_ADVISORIES_MADE("bundle.advisories-made"),
  /// The last imported bundle of advisories: its number, the SHA-256 of its statement, its time.
  BUNDLE_ADVISORIES("bundle.advisories"),
  /// The earliest time that the clock may show.
  BUNDLE_CLOCK_FLOOR("bundle.clock-floor"),
  /// The trusted metadata file of a role, by the name of the role.
  BUNDLE_TRUST_PREFIX("bundle.trust.");

  private final String code;

  MetaKey(String code) {
    this.code = code;
  }

  /// Returns the stored name, or the beginning of the stored names of a `_PREFIX` key.
  @Override
  public String code() {
    return code;
  }

  /// Returns the stored name of one value of a `_PREFIX` key.
  ///
  /// @param value the part of the name that distinguishes the values of this key
  public String named(String value) {
    return code + value;
  }
}
