package lazaret.conformance.cases;

import static lazaret.conformance.cases.CaseContext.ONE;
import static lazaret.conformance.cases.CaseContext.expect;
import static lazaret.conformance.cases.CaseContext.expectStatus;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lazaret.conformance.archive.UploadBuilder;
import lazaret.conformance.client.RegistryJson;
import lazaret.conformance.client.RegistryResponse;

/// Groups O, P and Q: yanks, owners and search.
final class ChangeCases {
  private ChangeCases() {}

  static List<ConformanceCase> list() {
    CaseList all = new CaseList("crates.io, tests/krate/yanking.rs");
    yanks(all);
    owners(all.from("crates.io, tests/owners.rs"));
    search(all.from("Cargo reference, Registry Web API"));
    return all.all();
  }

  private static void yanks(CaseList all) {
    all.add(
            "O1",
            "A yanked version is marked, and its bytes are served",
            c -> {
              String name = c.published();
              yank(c, name, true);
              expectStatus(c.owner().download(name, ONE, line(c, name).text("cksum")), 200);
            })
        .add(
            "O2",
            "A yank can be undone",
            c -> {
              String name = c.published();
              yank(c, name, true);
              yank(c, name, false);
            })
        .add(
            "O3",
            "A repeated yank is a success",
            c -> {
              String name = c.published();
              yank(c, name, true);
              yank(c, name, true);
              yank(c, name, false);
              yank(c, name, false);
            })
        .add(
            "O4",
            "Another user yanks nothing",
            c -> {
              String name = c.published();
              c.refused(name, () -> c.other().yank(name, ONE, true));
            })
        .add(
            "O5",
            "A version that does not exist is not found",
            c -> {
              String name = c.published();
              expectStatus(c.refused(name, () -> c.owner().yank(name, "9.9.9", true)), 404);
            })
        .add(
            "O6",
            "A yank changes no other field",
            c -> {
              String name = c.published();
              Map<String, Object> before = new HashMap<>(line(c, name).values());
              yank(c, name, true);
              Map<String, Object> after = new HashMap<>(line(c, name).values());
              before.remove("yanked");
              after.remove("yanked");
              expect(before.equals(after), before.toString(), after);
            });
    yanked(all);
  }

  private static void yanked(CaseList all) {
    all.add(
            "O7",
            "The newest version of a search is not yanked",
            c -> {
              String name = c.published();
              c.accepted(new UploadBuilder(name, "1.1.0"));
              expectStatus(c.owner().yank(name, "1.1.0", true), 200);
              RegistryJson hit = hit(c, name);
              expect(hit.text("max_version").equals(ONE), ONE, hit);
            })
        .add(
            "O8",
            "A publish leaves the yank of another version",
            c -> {
              String name = c.published();
              yank(c, name, true);
              c.accepted(new UploadBuilder(name, "1.1.0"));
              expect(line(c, name).text("yanked").equals("true"), "yanked", line(c, name));
            })
        .add(
            "O9",
            "A yanked version cannot be published again",
            c -> {
              String name = c.published();
              yank(c, name, true);
              c.refused(new UploadBuilder(name, ONE));
            })
        .add(
            "O10",
            "A version of a crate that does not exist is not found",
            c -> expectStatus(c.owner().yank(c.name(), ONE, true), 404))
        .add(
            "O11",
            "Another user undoes no yank",
            c -> {
              String name = c.published();
              yank(c, name, true);
              c.refused(name, () -> c.other().yank(name, ONE, false));
            });
  }

  private static RegistryJson line(CaseContext c, String name) {
    return c.line(new UploadBuilder(name, ONE));
  }

  private static void yank(CaseContext c, String name, boolean yanked) {
    RegistryResponse answer = c.owner().yank(name, ONE, yanked);
    expect(answer.isSuccess() && answer.json().text("ok").equals("true"), "ok", answer);
    String found = line(c, name).text("yanked");
    expect(found.equals(Boolean.toString(yanked)), "yanked " + yanked, found);
  }

  private static void owners(CaseList all) {
    all.add(
            "P1",
            "The publisher is an owner with a number and a login",
            c -> {
              List<RegistryJson> users = users(c, c.published());
              expect(users.size() == 1, "one owner", users);
              RegistryJson user = users.getFirst();
              expect(
                  user.text("id").matches("\\d{1,10}")
                      && Long.parseLong(user.text("id")) <= 0xffff_ffffL
                      && !user.text("login").isEmpty(),
                  "a number of 32 bits and a login",
                  user);
            })
        .add(
            "P2",
            "An added user publishes",
            c -> {
              String name = shared(c);
              RegistryResponse answer = c.other().publish(new UploadBuilder(name, "1.1.0"));
              expect(answer.isSuccess(), "a success", answer);
            })
        .needing("other-login")
        .add(
            "P3",
            "A removed user does not publish",
            c -> {
              String name = shared(c);
              changed(c.owner().changeOwners(name, false, c.declared("other-login")));
              c.refused(c.other(), new UploadBuilder(name, "1.1.0"));
            })
        .needing("other-login")
        .add(
            "P4",
            "The last owner stays",
            c -> {
              String name = c.published();
              String login = users(c, name).getFirst().text("login");
              c.refused(name, () -> c.owner().changeOwners(name, false, login));
              expect(users(c, name).size() == 1, "one owner", users(c, name));
            })
        .add(
            "P5",
            "An unknown user is refused",
            c -> {
              String name = c.published();
              c.refused(name, () -> c.owner().changeOwners(name, true, "no-such-user-here"));
            })
        .add(
            "P6",
            "Another user neither adds nor removes owners",
            c -> {
              String name = c.published();
              String login = users(c, name).getFirst().text("login");
              c.refused(name, () -> c.other().changeOwners(name, true, login));
              c.refused(name, () -> c.other().changeOwners(name, false, login));
            });
    groups(all);
  }

  private static void groups(CaseList all) {
    all.add(
            "P7",
            "A member of a group publishes and yanks",
            c -> {
              String name = grouped(c);
              RegistryResponse answer = c.with("member").publish(new UploadBuilder(name, "1.1.0"));
              expect(answer.isSuccess(), "a success", answer);
              expectStatus(c.with("member").yank(name, ONE, true), 200);
            })
        .needing("token:member")
        .add(
            "P8",
            "A member of a group changes no owners",
            c -> {
              String name = grouped(c);
              c.refused(name, () -> c.with("member").changeOwners(name, true, c.declared("group")));
            })
        .needing("token:member")
        .add(
            "P9",
            "The owners of a crate that does not exist are not found",
            c -> {
              String name = c.name();
              expectStatus(c.owner().owners(name), 404);
              expectStatus(c.owner().changeOwners(name, true, "no-such-user-here"), 404);
            })
        .add(
            "P10",
            "An owner that is added twice is listed once",
            c -> {
              String name = shared(c);
              expect(
                  c.owner().changeOwners(name, true, c.declared("other-login")).status() < 500,
                  "a success or a refusal",
                  "a failure");
              expect(users(c, name).size() == 2, "two owners", users(c, name));
            })
        .needing("other-login")
        .add(
            "P11",
            "Of several owners all are added or none",
            c -> {
              String name = c.published();
              c.refused(
                  name,
                  () ->
                      c.owner()
                          .changeOwners(
                              name, true, c.declared("other-login"), "no-such-user-here"));
              expect(users(c, name).size() == 1, "one owner", users(c, name));
            })
        .needing("other-login")
        .add("P12", "An owner can leave if another one stays", ChangeCases::leaves)
        .needing("other-login");
  }

  private static void leaves(CaseContext c) {
    String name = shared(c);
    String login =
        users(c, name).stream()
            .map(user -> user.text("login"))
            .filter(each -> !each.equals(c.declared("other-login")))
            .findFirst()
            .orElseThrow(() -> new CaseException("the publisher among the owners", "none"));
    changed(c.owner().changeOwners(name, false, login));
    c.refused(new UploadBuilder(name, "1.1.0"));
  }

  private static String shared(CaseContext c) {
    String name = c.published();
    changed(c.owner().changeOwners(name, true, c.declared("other-login")));
    return name;
  }

  private static String grouped(CaseContext c) {
    String name = c.published();
    changed(c.owner().changeOwners(name, true, c.declared("group")));
    return name;
  }

  private static void changed(RegistryResponse answer) {
    expect(
        answer.isSuccess() && answer.json().text("ok").equals("true") && answer.json().has("msg"),
        "ok with a message",
        answer);
  }

  private static List<RegistryJson> users(CaseContext c, String name) {
    RegistryResponse answer = c.owner().owners(name);
    expectStatus(answer, 200);
    return answer.json().objects("users");
  }

  private static void search(CaseList all) {
    all.add(
            "Q1",
            "A crate is found by a part of its name",
            c -> {
              String name = c.published();
              RegistryJson hit = found(c, "q=" + name.substring(0, name.length() - 1), name);
              expect(hit.text("max_version").equals(ONE), ONE, hit);
            })
        .add(
            "Q2",
            "per_page limits the list, and total does not",
            c -> {
              String middle = c.name().substring(c.name().length() - 6);
              String one = c.name(middle);
              c.accepted(new UploadBuilder(one, ONE));
              c.accepted(new UploadBuilder(c.name(middle), ONE));
              String words = one.substring(0, one.length() - 6);
              RegistryResponse answer = c.owner().search("per_page=1&q=" + words);
              expect(
                  answer.json().objects("crates").size() == 1
                      && Long.parseLong("0" + answer.json().object("meta").text("total")) >= 2,
                  "one of two crates",
                  answer);
            });
    searchForms(all);
  }

  private static void searchForms(CaseList all) {
    all.add(
            "Q3",
            "The description is in the list",
            c -> {
              RegistryJson hit = hit(c, c.published());
              expect(hit.text("description").equals("A crate of a test suite"), "it", hit);
            })
        .add(
            "Q4",
            "A search without words is a list",
            c -> {
              c.published();
              RegistryResponse answer = c.owner().search("");
              expect(
                  answer.status() == 200 && !answer.json().objects("crates").isEmpty(),
                  "a list",
                  answer);
            })
        .add(
            "Q5",
            "Words may be percent-encoded",
            c -> {
              String name = c.published();
              String first = "%%%02X".formatted((int) name.charAt(0));
              found(c, "q=" + first + name.substring(1), name);
            })
        .add(
            "Q6",
            "A wish for 1,000 results is cut or refused",
            c -> {
              RegistryResponse answer = c.owner().search("per_page=1000");
              expect(
                  answer.status() < 500 && answer.json().objects("crates").size() <= 100,
                  "at most 100 results",
                  answer.status());
            });
  }

  private static RegistryJson hit(CaseContext c, String name) {
    return found(c, "q=" + name, name);
  }

  private static RegistryJson found(CaseContext c, String query, String name) {
    RegistryResponse answer = c.owner().search(query + "&per_page=100");
    return answer.json().objects("crates").stream()
        .filter(hit -> hit.text("name").equals(name))
        .findFirst()
        .orElseThrow(() -> new CaseException(name + " among the results", answer));
  }
}
