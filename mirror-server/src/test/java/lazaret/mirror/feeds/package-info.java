/// Tests of the refresh of feeds and audits.
@NullMarked
package lazaret.mirror.feeds;

import org.jspecify.annotations.NullMarked;
