package lazaret.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModernJarTest {
  private static final int JAVA_5 = 49;
  private static final ClassDesc OLD = ClassDesc.of("old.Sign");

  @TempDir Path folder;

  /// Returns the code of a class that needs a stack map and lacks one, like the classes of Java 5.
  private static byte[] sign() {
    MethodTypeDesc form = MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_int);
    return ClassFile.of(ClassFile.StackMapsOption.DROP_STACK_MAPS)
        .build(
            OLD,
            made ->
                made.withVersion(JAVA_5, 0)
                    .withMethodBody(
                        "of",
                        form,
                        ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC,
                        code ->
                            code.iload(0)
                                .ifThenElse(
                                    java.lang.classfile.Opcode.IFLT,
                                    negative -> negative.iconst_m1().ireturn(),
                                    other -> other.iconst_1().ireturn())));
  }

  private Path jar() throws IOException {
    Path jar = folder.resolve("old.jar");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new ZipEntry(JarFile.MANIFEST_NAME));
      out.write(
          """
          Manifest-Version: 1.0
          Multi-Release: true

          Name: old/Sign.class
          SHA-256-Digest: AAAA

          Name: old/
          Sealed: false

          """
              .getBytes(StandardCharsets.UTF_8));
      out.putNextEntry(new ZipEntry("old/Sign.class"));
      out.write(sign());
      out.putNextEntry(new ZipEntry("old/words.txt"));
      out.write(new byte[] {1, 2, 3});
      for (String signature : new String[] {"META-INF/BOB.SF", "META-INF/BOB.RSA"}) {
        out.putNextEntry(new ZipEntry(signature));
        out.write(1);
      }
    }
    return jar;
  }

  @Test
  void writesOldClassesInTheFormOfThisJdk() throws Exception {
    Path jar = jar();

    ModernJar.main(new String[] {jar.toString()});

    try (ZipFile zip = new ZipFile(jar.toFile());
        InputStream in = zip.getInputStream(zip.getEntry("old/Sign.class"));
        InputStream words = zip.getInputStream(zip.getEntry("old/words.txt"))) {
      ClassModel model = ClassFile.of().parse(in.readAllBytes());
      assertThat(model.majorVersion()).isEqualTo(ClassFile.latestMajorVersion());
      assertThat(words.readAllBytes()).containsExactly(1, 2, 3);
      assertThat(zip.stream().map(ZipEntry::getName))
          .containsExactly(JarFile.MANIFEST_NAME, "old/Sign.class", "old/words.txt");
    }
    try (JarFile file = new JarFile(jar.toFile())) {
      assertThat(file.isMultiRelease()).isTrue();
      assertThat(file.getManifest().getEntries()).containsOnlyKeys("old/");
    }
    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
      var of = loader.loadClass("old.Sign").getMethod("of", int.class);
      assertThat(of.invoke(null, -7)).isEqualTo(-1);
      assertThat(of.invoke(null, 7)).isEqualTo(1);
    }
  }

  @Test
  void givesTheSameBytesEachTime() throws IOException {
    ModernJar.rewrite(jar(), folder.resolve("one.jar"));
    ModernJar.rewrite(jar(), folder.resolve("other.jar"));

    assertThat(folder.resolve("one.jar")).hasSameBinaryContentAs(folder.resolve("other.jar"));
  }
}
