package lazaret.vetting.deskapi.reasons;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lazaret.vetting.deskapi.crates.ReasonInfo;
import lazaret.vetting.deskapi.crates.VerdictInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReasonTextTest {
  private static final Path DOCS =
      Path.of(System.getProperty("lazaret.root", "../..")).resolve("docs");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z0-9-]+)` \\|");
  private static final Pattern SIGNAL =
      Pattern.compile(
          "(?ms)^## `([a-z0-9-]+)`$.*?^- Why: (.*?)^- In good crates: (.*?)^- Reviewer: ");

  private static String page(String name) throws IOException {
    return Files.readString(DOCS.resolve(name));
  }

  private static Set<String> rows(String text) {
    Set<String> codes = new TreeSet<>();
    Matcher row = ROW.matcher(text);
    while (row.find()) {
      codes.add(row.group(1));
    }
    return codes;
  }

  /// Returns a text of a page without the marks for code and links.
  private static String plain(String text) {
    return text.replaceAll("\\s+", " ")
        .strip()
        .replaceAll("\\[([^\\]]+)\\]\\([^)]*\\)", "$1")
        .replace("`", "");
  }

  private static Map<String, SignalMeanings.Meaning> signals() throws IOException {
    Map<String, SignalMeanings.Meaning> signals = new TreeMap<>();
    Matcher section = SIGNAL.matcher(page("signals.md"));
    while (section.find()) {
      signals.put(
          section.group(1),
          new SignalMeanings.Meaning(plain(section.group(2)), plain(section.group(3))));
    }
    return signals;
  }

  private static String sentence(String code, String detail) {
    return ReasonText.sentence(new ReasonInfo(code, detail), null);
  }

  @Test
  void hasASentenceForEachReasonOfThePage() throws IOException {
    assertThat(ReasonSentences.REASONS.keySet())
        .isEqualTo(rows(page("reasons.md")))
        .hasSizeGreaterThan(40);
  }

  @Test
  void hasASentenceForEachSignalOfThePage() throws IOException {
    assertThat(SignalSentences.SIGNALS.keySet())
        .isEqualTo(signals().keySet())
        .hasSizeGreaterThan(90);
  }

  @Test
  void hasASentenceForEachSignOfThePage() throws IOException {
    String table = page("takeover.md").split("\n## ", 2)[0];

    assertThat(ReasonSentences.SIGNS.keySet()).isEqualTo(rows(table)).hasSizeGreaterThan(10);
  }

  @Test
  void sentencesBeginWithACapitalAndHaveNoFullStop() {
    List<String> all = new ArrayList<>(ReasonSentences.REASONS.values());
    all.addAll(ReasonSentences.SIGNS.values());
    all.addAll(SignalSentences.SIGNALS.values());

    assertThat(all).allMatch(text -> text.matches("[A-Z][^.`]{5,80}"));
  }

  @Test
  void meaningsAreThoseOfThePage() throws IOException {
    Map<String, SignalMeanings.Meaning> known = new TreeMap<>(SignalMeanings.all().byCode());
    Map<String, SignalMeanings.Meaning> signals = signals();
    known.keySet().removeIf(code -> !signals.containsKey(code));

    assertThat(known).isEqualTo(signals);
  }

  @Test
  void figuresOfSignsAreThoseOfThePage() throws IOException {
    String page = page("takeover.md");
    List<String> signs =
        SignalMeanings.all().byCode().entrySet().stream()
            .filter(each -> ReasonSentences.SIGNS.containsKey(each.getKey()))
            .flatMap(each -> Stream.of(each.getValue().frequency().split("[^0-9,.]+", -1)))
            .map(number -> number.replaceAll("[,.]+$", ""))
            .filter(number -> number.length() > 1)
            .toList();

    assertThat(signs).isNotEmpty().allMatch(page::contains);
  }

  @Test
  void aMeaningHasCauseAndFrequency() {
    assertThat(ReasonText.meaning("build-foreign-write"))
        .contains("A build writes below OUT_DIR. In good crates: 0 of 691.");
    assertThat(ReasonText.meaning("cooldown")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "publish-held | every version waits for a decision"
            + " | Held when it was published here: every version waits for a decision",
        "git-source-not-approved | the commit was denied"
            + " | The Git source is not approved: the commit was denied",
        "git-source-waiting | the commit waits for a reviewer; see 'vetting-cli git-sources show 0a'"
            + " | The commit of the Git source waits for a reviewer; see 'vetting-cli git-sources show 0a'",
      })
  void putsTheDetailOfAPrivateCrateOrGitSourceIntoIt(String code, String detail, String expected) {
    assertThat(sentence(code, detail)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "approved | ann on 2026-11-24T12:00:00Z: read it | Approved by ann: read it",
        "approved | ann on 2026-11-24T12:00:00Z, until 2026-12-01T00:00:00Z: read it"
            + " | Approved by ann until 1 December 2026: read it",
        "exempted | ann on 2026-11-24T12:00:00Z, until 2026-12-01T00:00:00Z: later"
            + " | Exempted by ann until 1 December 2026: later",
        "exempted | ann exempted it before CVE-1 was known, which that does not cover"
            + " | ann exempted it before CVE-1 was known: the exemption does not cover that",
        "aged | older than 7 days, checks clean | Older than 7 days, with passed checks",
        "denied | jo on 2026-11-24T12:00:00Z: no | Denied by jo: no",
        "revoked | jo on 2026-11-24T12:00:00Z: no | Revoked by jo: no",
        "malware | MAL-2026-1: steals keys | Malware, by advisory MAL-2026-1: steals keys",
        "malware-signal | ioc-text at src/a.rs:3: evil.example"
            + " | A file contains an address or text that a feed lists",
        "second-person-needed | ann approved it; for signals the policy wants a second person"
            + " | ann approved it, and a second person must approve, too",
        "vulnerable | RUSTSEC-2026-0001, high (7.5): Counts to infinity"
            + " | RUSTSEC-2026-0001: Counts to infinity, high (7.5)",
        "license | is licensed under GPL-3.0, which the policy does not allow"
            + " | License GPL-3.0 is not allowed",
        "license | states no license | The crate states no license",
        "cksum-changed | upstream names sha256 aa now, bb is held | Upstream names other bytes now",
        "gone-upstream | gone upstream since 2026-11-02T03:04:05.678Z"
            + " | Gone upstream since 2 November 2026",
        "removal-unconfirmed | missing upstream since 2026-11-02T03:04:05Z, not confirmed yet"
            + " | Missing upstream since 2 November 2026, not confirmed yet",
        "yank-wave | published while good versions were being yanked"
            + " | Published while good versions were being yanked",
        "overridden | cooldown set aside by the policy until 2026-12-01T00:00:00Z: urgent"
            + " | The policy sets cooldown aside until 1 December 2026: urgent",
        "approval-expired | the approval ran out at 2026-12-01T00:00:00Z"
            + " | The approval ended on 1 December 2026",
        "build-time-code | is a proc macro | A proc macro: the longer cooldown applies",
        "takeover | new-dependency-absent: newly depends on 'ghost', unlike 1.0.0,"
            + " which upstream does not have"
            + " | Newly depends on ghost, which upstream does not have",
        "takeover | new-dependency-young: newly depends to build on 'x', a crate first published"
            + " 4 minutes before it | Newly depends to build on x, a crate first published"
            + " 4 minutes before it",
        "takeover | young-crate: the crate itself is new: first published 2026-11-20T00:00:00Z"
            + " | The crate itself is new: first published 20 November 2026",
        "signal | build-changed: its tokens are not the same | The build script changed",
        "signal | build-changed: there was none before | A build script appeared",
        "signal | build-changed: its tokens are not the same, and new in it is network"
            + " | The build script changed, and new in it is network",
        "signal | capability-gained at build.rs:4: build fs-write (1) (and 2 more like it)"
            + " | The build script has the new capability fs-write",
        "signal | network-gained at src/lib.rs:4: in runtime code | The code newly reaches the"
            + " network",
        "signal | build-network at build.rs:12: TcpStream::connect(a)"
            + " | The build script reaches the network",
        "from-tomorrow | found it in the future | Found it in the future",
      })
  void putsTheFiguresOfAVersionIntoASentence(String code, String detail, String expected) {
    assertThat(sentence(code, detail)).isEqualTo(expected);
  }

  @Test
  void aHoldEndsOnADay() {
    ReasonInfo cooldown = new ReasonInfo("cooldown", "younger than 21 days");

    assertThat(ReasonText.sentence(cooldown, Instant.parse("2026-12-03T17:34:00Z")))
        .isEqualTo("Younger than 21 days, until 3 December 2026");
  }

  @Test
  void theEndOfAHoldIsInTheFirstSentence() {
    VerdictInfo verdict =
        new VerdictInfo(
            VerdictInfo.Kind.HOLD,
            Instant.parse("2026-12-03T17:34:00Z"),
            List.of(
                new ReasonInfo("takeover", "young-crate: the crate itself is new"),
                new ReasonInfo("cooldown", "younger than 7 days")));

    assertThat(ReasonText.sentences(verdict))
        .containsExactly(
            "The crate itself is new; held until 3 December 2026", "Younger than 7 days");
  }

  @Test
  void textOfOthersIsNotAPlaceholder() {
    assertThat(sentence("denied", "jo on 2026-11-24T12:00:00Z: costs $1 \\ $3"))
        .isEqualTo("Denied by jo: costs $1 \\ $3");
  }

  @Test
  void aNameOfAFileDoesNotForgeACapability() {
    assertThat(
            sentence(
                "signal", "capability-gained at a: runtime unsafe (1)/b.rs:4: build network (1)"))
        .isEqualTo("The build script has the new capability network");
  }

  @ParameterizedTest
  @CsvSource({
    "cooldown, younger than 7 days, cooldown",
    "signal, build-changed: there was none before, signal: build-changed",
    "takeover, young-crate: the crate itself is new, takeover: young-crate",
    "signal, '', signal",
  })
  void aLabelHasTheCodeOfTheSignal(String code, String detail, String label) {
    assertThat(ReasonText.label(new ReasonInfo(code, detail))).isEqualTo(label);
  }

  @Test
  void aSignIsTheSentenceOfItsReason() {
    assertThat(ReasonText.sign("version-jump", "a new crate that is at 99.0.1 already", null))
        .isEqualTo("A new crate that is at 99.0.1 already");
    assertThat(ReasonText.signal("size-jump"))
        .isEqualTo("The crate is more than three times as large");
  }
}
