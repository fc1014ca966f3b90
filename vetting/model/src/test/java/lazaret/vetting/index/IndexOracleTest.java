package lazaret.vetting.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.OracleData;
import lazaret.vetting.crates.CrateName;
import org.junit.jupiter.api.Test;

/// The shared slice of the public registry: 406 files, 18,330 lines.
class IndexOracleTest {
  @Test
  void leavesOutNothingOfARealRegistryAndKeepsEveryByte() throws Exception {
    int lines = 0;
    for (Path path : OracleData.files("upstream/index")) {
      Bytes body = OracleData.read(path);
      IndexFile file = parse(path, body);

      assertThat(file.omitted()).as("%s", path).isEmpty();
      var again = new ByteArrayOutputStream();
      for (IndexEntry entry : file.entries()) {
        entry.raw().writeTo(again);
        again.write('\n');
      }
      assertThat(Bytes.of(again.toByteArray())).as("%s", path).isEqualTo(body);
      lines += file.entries().size();
    }
    assertThat(lines).isEqualTo(18_330);
  }

  @Test
  void findsEveryFileUnderTheOnePathOfItsName() {
    Path root = OracleData.path("upstream/index");
    for (Path path : OracleData.files("upstream/index")) {
      String relative = root.relativize(path).toString();

      assertThat(IndexPath.of(IndexPath.parse(relative))).isEqualTo(relative);
    }
  }

  @Test
  void yankingChangesYankedAndNothingElse() {
    for (Path path : OracleData.files("upstream/index")) {
      List<IndexEntry> before = parse(path, OracleData.read(path)).entries();
      var body = new StringBuilder();
      var expected = new ArrayList<Said>();
      for (IndexEntry entry : before) {
        Bytes edited = YankedEdit.withYanked(entry.raw());
        body.append(edited.text()).append('\n');
        expected.add(yanked(entry, edited));
        assertThat(edited.text())
            .isEqualTo(entry.raw().text().replaceFirst("\"yanked\":false", "\"yanked\":true"));
      }

      assertThat(Said.of(parse(path, Bytes.utf8(body.toString())).entries())).isEqualTo(expected);
    }
  }

  private static Said yanked(IndexEntry entry, Bytes raw) {
    return new Said(
        raw,
        entry.name(),
        entry.version(),
        entry.deps(),
        entry.cksum(),
        true,
        entry.pubtime(),
        entry.rustVersion(),
        entry.links(),
        entry.v());
  }

  private static IndexFile parse(Path path, Bytes body) {
    return IndexFile.parse(CrateName.parse(OracleData.nameOf(path)), body, IndexLimits.DEFAULT);
  }
}
