"""What people were writing when the animation passed on."""
