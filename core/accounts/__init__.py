"""Who a person is and what he or she may do: users, sign-in, rights."""
