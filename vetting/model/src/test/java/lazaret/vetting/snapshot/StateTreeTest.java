package lazaret.vetting.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import org.junit.jupiter.api.Test;

class StateTreeTest {
  @Test
  void isTheHashOfNothingWithoutLeaves() {
    assertThat(StateTree.root(List.<Sha256>of().iterator()).hex())
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  }

  /// The test vectors of RFC 6962's reference implementation: the inputs of the leaves are the
  /// eight below.
  @Test
  void agreesWithTheReferenceVectors() {
    List<String> inputs =
        List.of(
            "",
            "00",
            "10",
            "2021",
            "3031",
            "40414243",
            "5051525354555657",
            "606162636465666768696a6b6c6d6e6f");
    List<Sha256> leaves = inputs.stream().map(StateTreeTest::leaf).toList();

    assertThat(StateTree.root(leaves.subList(0, 1).iterator()).hex())
        .isEqualTo("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
    assertThat(StateTree.root(leaves.subList(0, 2).iterator()).hex())
        .isEqualTo("fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125");
    assertThat(StateTree.root(leaves.iterator()).hex())
        .isEqualTo("5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
  }

  /// The recursive definition in the RFC, for comparison with the single pass.
  @Test
  void agreesWithTheDefinitionForEveryCount() {
    List<Sha256> leaves = new ArrayList<>();
    for (int count = 1; count <= 130; count++) {
      leaves.add(leaf("%04x".formatted(count)));
      assertThat(StateTree.root(leaves.iterator())).isEqualTo(byDefinition(leaves));
    }
  }

  private static Sha256 byDefinition(List<Sha256> leaves) {
    if (leaves.size() == 1) {
      return leaves.getFirst();
    }
    int left = Integer.highestOneBit(leaves.size() - 1);
    return Sha256.of(
        bytes(
            "01"
                + byDefinition(leaves.subList(0, left)).hex()
                + byDefinition(leaves.subList(left, leaves.size())).hex()));
  }

  private static Sha256 leaf(String hex) {
    return Sha256.of(bytes("00" + hex));
  }

  private static Bytes bytes(String hex) {
    return Bytes.of(java.util.HexFormat.of().parseHex(hex));
  }
}
