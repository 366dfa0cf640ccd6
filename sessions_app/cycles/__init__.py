"""A cycle as a whole: its theme and introduction, what its sessions brought, its proceedings."""
