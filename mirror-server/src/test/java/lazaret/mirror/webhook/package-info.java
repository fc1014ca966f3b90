/// Tests of webhooks against a real HTTP receiver on loopback.
@NullMarked
package lazaret.mirror.webhook;

import org.jspecify.annotations.NullMarked;
