"""What programs ask that watch over a site: is it there, can it work, how does it do."""
