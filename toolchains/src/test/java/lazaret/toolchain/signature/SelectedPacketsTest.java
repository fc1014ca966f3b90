package lazaret.toolchain.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Checks the selection of `third-party/bouncycastle-openpgp`: a class that is missing there would
/// fail when it is used first.
class SelectedPacketsTest {
  private static final String LIBRARY = "org/bouncycastle/";

  private static final List<String> USERS =
      List.of(
          "lazaret/toolchain/signature/OpenPgpCheck",
          "lazaret/toolchain/signature/PacketFrame",
          "lazaret/toolchain/signature/PinnedKey");

  @Test
  void hasEveryClassThatTheUsersReach() throws IOException {
    Deque<String> open = new ArrayDeque<>(USERS);
    Set<String> seen = new HashSet<>(USERS);
    Set<String> missing = new TreeSet<>();
    while (!open.isEmpty()) {
      String name = open.remove();
      try (InputStream in = getClass().getResourceAsStream("/" + name + ".class")) {
        if (in == null) {
          missing.add(name);
          continue;
        }
        for (String other : references(in.readAllBytes())) {
          if (other.startsWith(LIBRARY) && seen.add(other)) {
            open.add(other);
          }
        }
      }
    }
    assertThat(missing).isEmpty();
    assertThat(seen).hasSizeGreaterThan(50);
  }

  private static Set<String> references(byte[] bytes) {
    Set<String> names = new HashSet<>();
    ClassFile.of()
        .parse(bytes)
        .constantPool()
        .forEach(
            entry -> {
              if (entry instanceof ClassEntry type) {
                // `[Lorg/bouncycastle/X;` for an array.
                names.add(type.asInternalName().replaceAll("^\\[+L|;$", ""));
              }
            });
    return names;
  }
}
