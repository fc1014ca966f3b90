# Synthetic, inert fixture written from public reports; see README
use strict;
use warnings;

my (%group, @order);
while (my $line = <DATA>) {
    chomp $line;
    next if $line =~ /^\s*(#|$)/;
    my ($name, @ranges) = split ' ', $line;
    push @order, $name;
    for my $range (@ranges) {
        my ($low, $high) = map { hex } split /-/, $range;
        $high //= $low;
        push @{ $group{$name} }, [ $low, $high ];
    }
}

print "#[derive(Debug, Clone, Copy, PartialEq, Eq)]\npub enum Group {\n";
print "    $_,\n" for @order;
print "    Other,\n}\n\npub static RANGES: &[(u32, u32, Group)] = &[\n";
my @rows;
for my $name (@order) {
    push @rows, [ @$_, $name ] for @{ $group{$name} };
}
printf "    (0x%X, 0x%X, Group::%s),\n", @$_ for sort { $a->[0] <=> $b->[0] } @rows;
print "];\n";

__DATA__
# name, ranges
Space 20 1680 2000-200A 3000
Hyphen AD 2010 2012-2013
Open 28 5B 7B 201A 2045 3008 300A 300C
Close 29 5D 7D 2046 3009 300B 300D
Digit 30-39 660-669 6F0-6F9 966-96F
Ideograph 3400-4DBF 4E00-9FFF F900-FAFF
Kana 3041-3096 30A1-30FA
