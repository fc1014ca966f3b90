# Synthetic, inert fixture written from public reports; see README
use strict;
use warnings;

my $path = shift @ARGV or die "classes.pl LIST\n";
open my $list, '<', $path or die "$path: $!\n";

my @rows;
while (my $line = <$list>) {
    $line =~ s/#.*//;
    next unless $line =~ /\S/;
    my ($low, $high, $class) = $line =~ /^([0-9A-F]+)(?:-([0-9A-F]+))?\s+(\w+)\s*$/
        or die "$path:$.: not a range and a class\n";
    $high //= $low;
    push @rows, [ hex $low, hex $high, $class ];
}
close $list;

@rows = sort { $a->[0] <=> $b->[0] } @rows;
for my $i (1 .. $#rows) {
    die sprintf "%X is there twice\n", $rows[$i][0] if $rows[$i][0] <= $rows[ $i - 1 ][1];
}

print "pub static CLASSES: &[(u32, u32, Class)] = &[\n";
printf "    (0x%X, 0x%X, Class::%s),\n", @$_ for @rows;
print "];\n";
