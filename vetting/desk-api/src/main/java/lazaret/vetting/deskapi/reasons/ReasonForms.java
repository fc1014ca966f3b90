package lazaret.vetting.deskapi.reasons;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The sentences for reasons whose details have the figures of a version.
///
/// Details contain foreign text: names, titles, reasons of people. A detail in another form, such
/// as that of another version of the server, has no sentence here.
final class ReasonForms {
  /// One form of a detail.
  ///
  /// @param code the code of the reason
  /// @param detail the form of the whole detail
  /// @param sentence the sentence, with `$1` for the first group of the form
  private record Form(String code, Pattern detail, String sentence) {}

  private static final List<Form> FORMS =
      List.of(
          form("approved", "(.+?) on \\S+Z, until (\\S+Z): (.*)", "Approved by $1 until $2: $3"),
          form("approved", "(.+?) on \\S+Z: (.*)", "Approved by $1: $2"),
          form("exempted", "(.+?) on \\S+Z, until (\\S+Z): (.*)", "Exempted by $1 until $2: $3"),
          form("exempted", "(.+?) on \\S+Z: (.*)", "Exempted by $1: $2"),
          form(
              "exempted",
              "(.+) exempted it before (\\S+) was known, which that does not cover",
              "$1 exempted it before $2 was known: the exemption does not cover that"),
          form("audited", "audited for (.+)", "Audited for $1"),
          form("aged", "older than (.+), checks clean", "Older than $1, with passed checks"),
          form(
              "aged",
              "need not be older than (.+), checks clean",
              "Need not be older than $1, with passed checks"),
          form("denied", "(.+?) on \\S+Z: (.*)", "Denied by $1: $2"),
          form("revoked", "(.+?) on \\S+Z: (.*)", "Revoked by $1: $2"),
          form("malware", "(.+)", "Malware, by advisory $1"),
          form("archive-not-conformant", "(.+)", "The archive breaks the rules for crates: $1"),
          form("waived", "waived by (.+)", "Waived by $1"),
          form(
              "second-person-needed",
              "(.+) approved it; for \\S+ the policy wants a second person",
              "$1 approved it, and a second person must approve, too"),
          form(
              "second-person-needed",
              "(.+) waived it; .*",
              "$1 waived it, and a second person must waive it, too"),
          form("violation", "(.+)", "An audit reports a violation: $1"),
          form("vulnerable", "(\\S+), (.+?): (.+)", "$1: $3, $2"),
          form("vulnerable", "(\\S+), (.+)", "$1, $2"),
          form("unsound", "(.+)", "Unsound, by advisory $1"),
          form("unmaintained", "(.+)", "Unmaintained, by advisory $1"),
          form("advisory-notice", "(.+)", "Advisory $1"),
          form("feeds-missing", "(.+)", "Advisories are missing: $1"),
          form("feeds-quiet", "(.+)", "A feed has no new records: $1"),
          form("feeds-old", "(.+)", "The advisories are old: $1"),
          form("feeds-stale", "(.+)", "The advisories are too old for new versions: $1"),
          form("banned", "(.+)", "The policy bans it: $1"),
          form(
              "license",
              "is licensed under (.+), which the policy does not allow",
              "License $1 is not allowed"),
          form("license", "states no license", "The crate states no license"),
          form("license", "no SPDX expression: (.+)", "The license is not an SPDX expression: $1"),
          form("publish-held", "(.+)", "Held when it was published here: $1"),
          form("private-name-in-public-source", "comes from (.+)", "Comes from $1"),
          form("git-source-not-approved", "(.+)", "The Git source is not approved: $1"),
          form(
              "git-source-waiting",
              "the commit waits for a reviewer; (.+)",
              "The commit of the Git source waits for a reviewer; $1"),
          form(
              "line-changed",
              ".* stays in force: (.+)",
              "Upstream changed the index line, the first one stays in force: $1"),
          form(
              "removal-unconfirmed",
              "missing upstream since (\\S+), not confirmed yet",
              "Missing upstream since $1, not confirmed yet"),
          form("gone-upstream", "gone upstream since (\\S+)", "Gone upstream since $1"),
          form("gone-upstream", "not in snapshot (\\d+)", "Not in snapshot $1"),
          form(
              "base-unavailable",
              "not compared with (\\S+), .*",
              "Not compared with $1, which could not be fetched yet"),
          form(
              "overridden",
              "(.+?) set aside by the policy until (\\S+): (.*)",
              "The policy sets $1 aside until $2: $3"),
          form("approval-expired", "the (\\w+) ran out at (\\S+)", "The $1 ended on $2"),
          form("cooldown", "younger than (.+)", "Younger than $1"),
          form("fix", "the smallest fix for (.+)", "The smallest fix for $1"),
          form("build-time-code", "is a proc macro", "A proc macro: the longer cooldown applies"),
          form(
              "build-time-code",
              "has a build script",
              "Has a build script: the longer cooldown applies"),
          form(
              "takeover",
              "[a-z-]+: newly depends( to build)? on '([^']+)'(?:, unlike [^,]+)?, (.+)",
              "Newly depends$1 on $2, $3"),
          form("signal", "build-changed: there was none before", "A build script appeared"),
          form(
              "signal",
              "build-changed: there was none before, and new in it is (.+)",
              "A build script appeared, with $1"),
          form(
              "signal",
              "build-changed: .*, and new in it is (.+)",
              "The build script changed, and new in it is $1"),
          gained("build", "The build script has the new capability $1"),
          gained("macro", "The macro has the new capability $1"),
          gained("runtime", "The code has the new capability $1"),
          reaching("build", "The build script newly reaches the network"),
          reaching("macro", "The macro newly reaches the network"));

  private ReasonForms() {}

  private static Form form(String code, String detail, String sentence) {
    return new Form(code, Pattern.compile(detail, Pattern.DOTALL), sentence);
  }

  /// The name of the file comes from the crate, so that the last part of the detail counts.
  private static Form gained(String place, String sentence) {
    return form(
        "signal",
        "capability-gained.*: " + place + " ([a-z-]+) \\(\\d+\\)(?: \\(and \\d+ more like it\\))?",
        sentence);
  }

  private static Form reaching(String place, String sentence) {
    return form(
        "signal",
        "network-gained.*: in " + place + " code(?: \\(and \\d+ more like it\\))?",
        sentence);
  }

  /// Returns the sentence for a reason with its figures, or empty if its detail has another form.
  ///
  /// @param code the code of the reason
  /// @param detail the detail of the reason
  static Optional<String> sentence(String code, String detail) {
    for (Form form : FORMS) {
      if (form.code().equals(code)) {
        Matcher matcher = form.detail().matcher(detail);
        if (matcher.matches()) {
          return Optional.of(matcher.replaceFirst(form.sentence()));
        }
      }
    }
    return Optional.empty();
  }
}
