/// Tests of gates and desks as nodes.
@NullMarked
package lazaret.vetting.cluster;

import org.jspecify.annotations.NullMarked;
