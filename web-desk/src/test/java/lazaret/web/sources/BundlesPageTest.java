package lazaret.web.sources;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.BundleOperations;
import lazaret.vetting.deskapi.bundles.BundleKind;
import lazaret.vetting.deskapi.bundles.RetainedSnapshotInfo;
import lazaret.vetting.deskapi.bundles.SnapshotsReply;
import lazaret.vetting.deskapi.bundles.TrustReply;
import lazaret.vetting.roles.DeskRole;
import lazaret.web.FixedDesk;
import lazaret.web.HostileSample;
import org.junit.jupiter.api.Test;

class BundlesPageTest {
  private final FixedDesk desk =
      FixedDesk.of(DeskRole.READER)
          .reply(BundleOperations.TRUST, new TrustReply(false, null, null, null))
          .reply(
              BundleOperations.SNAPSHOTS,
              new SnapshotsReply(2, List.of(snapshot(1), snapshot(2)), List.of()));

  @Test
  void showsTheNewestSnapshotFirst() {
    String page = desk.page("/desk/bundles");

    assertThat(page)
        .contains("Snapshot 2 is served.", "<b>2</b> <span class=\"tag\">served</span>")
        .contains("delta, epoch 1", "No root is pinned.");
    assertThat(page.indexOf("<b>2</b>")).isLessThan(page.indexOf("<b>1</b>"));
  }

  @Test
  void saysThatNoSnapshotIsKept() {
    desk.reply(BundleOperations.SNAPSHOTS, new SnapshotsReply(0, List.of(), List.of()));

    assertThat(desk.page("/desk/bundles"))
        .contains("no snapshot of a bundle is served.", "No snapshot is kept.");
  }

  @Test
  void showsAtMostTwoHundredSnapshots() {
    List<RetainedSnapshotInfo> many = new ArrayList<>();
    for (int i = 1; i <= 450; i++) {
      many.add(snapshot(i));
    }
    desk.reply(BundleOperations.SNAPSHOTS, new SnapshotsReply(450, many, List.of()));

    assertThat(desk.page("/desk/bundles?from=200"))
        .contains("201 to 400 of 450", "<b>250</b>", "href=\"/desk/bundles?from=400\"")
        .doesNotContain("<b>251</b>", "<b>50</b>");
  }

  @Test
  void showsTextsOfOthersAsText() {
    desk.reply(BundleOperations.SNAPSHOTS, HostileSample.of(BundleOperations.SNAPSHOTS))
        .reply(BundleOperations.TRUST, HostileSample.of(BundleOperations.TRUST));

    HostileSample.assertEscaped(desk.page("/desk/bundles"));
  }

  @Test
  void offersNoForm() {
    assertThat(desk.page("/desk/bundles")).doesNotContain("action=\"/desk/bundles");
  }

  private static RetainedSnapshotInfo snapshot(long sequence) {
    Instant at = Instant.parse("2026-11-24T12:00:00Z");
    Sha256 hash = Sha256.parse("ab".repeat(32));
    return new RetainedSnapshotInfo(sequence, 1, BundleKind.DELTA, hash, hash, at, at, 212, 1_204);
  }
}
