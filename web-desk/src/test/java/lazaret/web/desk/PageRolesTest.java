package lazaret.web.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lazaret.vetting.deskapi.Method;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.Operations;
import lazaret.vetting.roles.DeskRole;
import lazaret.vetting.roles.RoleGrants;
import lazaret.web.FixedDesk;
import lazaret.web.HostileSample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The roles that the manual names for each page are those with which the page can be opened.
class PageRolesTest {
  private static final Path MANUAL =
      Path.of(System.getProperty("lazaret.root", "..")).resolve("docs/desk-web.md");
  private static final Pattern ROW = Pattern.compile("\\| (`[^|]*) \\| [^|]* \\| ([^|]*) \\|");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  /// A page with the roles with which it can be opened.
  ///
  /// @param address the address with sample values
  /// @param roles the roles; empty if no sign-in is needed
  record Page(String address, Set<DeskRole> roles) {}

  static List<Page> pages() throws IOException {
    List<Page> pages = new ArrayList<>();
    Matcher rows = ROW.matcher(Files.readString(MANUAL));
    while (rows.find()) {
      Set<DeskRole> roles = roles(rows.group(2));
      codes(rows.group(1))
          .map(PageRolesTest::sample)
          .map(each -> new Page(each, roles))
          .forEach(pages::add);
    }
    return pages.stream().filter(page -> !page.roles().isEmpty()).toList();
  }

  private static Stream<String> codes(String cell) {
    return CODE.matcher(cell).results().map(each -> each.group(1));
  }

  private static String sample(String address) {
    return "/desk/"
        + address
            .replace("NAME@VERSION", "serde@1.0.9")
            .replace("NAME", "serde")
            .replace("VERSION", "1.0.9")
            .replace("PATH", "src/lib.rs")
            .replace("TEXT", "serde")
            .replace("KEY", "0f".repeat(32));
  }

  /// Returns the roles before the first semicolon; those after it belong to a part of the page.
  private static Set<DeskRole> roles(String cell) {
    Set<DeskRole> roles = EnumSet.noneOf(DeskRole.class);
    codes(cell.split(";", 2)[0])
        .forEach(
            code ->
                Stream.of(DeskRole.values())
                    .filter(role -> role.code().equals(code))
                    .forEach(roles::add));
    return roles;
  }

  private static FixedDesk desk(DeskRole role) {
    FixedDesk desk = FixedDesk.of(role);
    for (Operation<?, ?> operation : Operations.all()) {
      if (operation.route().method() == Method.GET) {
        reply(desk, operation);
      }
    }
    return desk;
  }

  private static <Q extends Record, R extends Record> void reply(
      FixedDesk desk, Operation<Q, R> operation) {
    var _ = desk.reply(operation, HostileSample.of(operation));
  }

  @Test
  void readsTheTableOfTheManual() throws IOException {
    assertThat(pages())
        .extracting(Page::address)
        .contains("/desk/queue", "/desk/people/me", "/desk/crates/serde/1.0.9/review")
        .hasSizeGreaterThan(15);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void pageOpensWithTheRolesOfTheManualAlone(Page page) {
    for (DeskRole role : DeskRole.values()) {
      boolean permitted = RoleGrants.of(role).hasAny(page.roles());

      int status = desk(role).get(page.address()).status();

      assertThat(status).as("%s with %s", page.address(), role).isLessThan(500);
      assertThat(status == 403)
          .as("%s with %s: %d", page.address(), role, status)
          .isEqualTo(!permitted);
    }
  }
}
