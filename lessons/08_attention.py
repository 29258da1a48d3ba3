# ---
# tutorch:
#   title:
#     en: Attention
#     ko: 어텐션
#   summary:
#     en: A lookup that learns where to look reverses digits, then writes text letter by letter.
#     ko: 어디를 볼지 배우는 모델로 숫자를 뒤집고, 한 글자씩 글을 씁니다.
#   minutes: 50
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown] lang="en"
# ## A lookup that is soft
#
# A dictionary finds a **value** by its **key**, and only by
# exactly that one. Here are three fruits. Each key says how
# sweet and how sour it is, and the value is its price:
#
# | fruit | sweet | sour | price |
# |--------|---|---|----|
# | lemon  | 0 | 3 | 10 |
# | orange | 2 | 2 | 20 |
# | banana | 3 | 0 | 30 |
#
# The **query** asks for "sweet": [1, 0]. No fruit is just that.
# So compare the query with every key (a dot product, the
# **score**), let softmax make shares of the scores, and take as
# much of each value as its share is. In the drawing, the numbers
# beside the fruits are the scores.
#
# The query is multiplied by `sharpness`. Once it has run, set that
# to 0 and to 5 (`#`, then the digit and `enter`), and run again:
# what comes out?
#
# With `sharpness` at 1, what price does it find for "sweet"?
#
# - [?] `answer.item()` ± 1
#   Scores 0, 2, 3 become 4%, 26%, 71%: most of a banana, some orange.

# %% [markdown] lang="ko"
# ## 부드러운 찾기
#
# 딕셔너리는 **키**(key)로 **값**(value)을 찾지만, 키가 정확히
# 같아야 합니다. 여기 과일이 셋 있습니다. 키는 얼마나 달고
# 신지를, 값은 가격을 나타냅니다.
#
# | 과일 | 단맛 | 신맛 | 가격 |
# |--------|---|---|----|
# | 레몬   | 0 | 3 | 10 |
# | 오렌지 | 2 | 2 | 20 |
# | 바나나 | 3 | 0 | 30 |
#
# **쿼리**(query) [1, 0]은 "단것"을 찾습니다. 꼭 그런 과일은
# 없습니다. 그래서 쿼리를 모든 키와 비교해 **점수**를 내고(내적),
# 점수에 소프트맥스를 씌워 비율로 바꾼 다음, 그 비율만큼 값을
# 섞습니다. 그림에서 과일 옆의 수가 점수입니다.
#
# 쿼리에는 `sharpness`가 곱해집니다. 실행한 다음 이 값을 0과 5로
# 바꿔서(`#`를 누르고, 숫자와 `enter`) 다시 실행해 보세요. 무엇이
# 나오나요?
#
# `sharpness`가 1이면 "단것"의 가격은 얼마로 나올까요?
#
# - [?] `answer.item()` ± 1
#   점수 0, 2, 3은 4%, 26%, 71%가 됩니다. 대부분 바나나에 오렌지가 조금 섞입니다.

# %% A soft lookup show="keys query scores weights"
import torch
import torch.nn.functional as F
from torch import nn

sharpness = 1.0
fruits = ["lemon", "orange", "banana"]
keys = torch.tensor([[0.0, 3.0], [2.0, 2.0], [3.0, 0.0]])
values = torch.tensor([10.0, 20.0, 30.0])
query = sharpness * torch.tensor([1.0, 0.0])

scores = keys @ query
weights = scores.softmax(dim=0)
answer = weights @ values
print(f"scores {scores.tolist()}, answer {answer:.1f}")

# %% How much of each view="every epoch"
import plotext as plt

# the first fruit on top
names = [f"{fruit} {score:.1f}" for fruit, score in zip(fruits, scores.tolist())][::-1]
percent = (100 * weights.nan_to_num()).tolist()[::-1]

plt.clear_figure()
plt.theme("clear")
plt.bar(names, percent, orientation="horizontal", color="orange", width=0.4)
for place, share in enumerate(percent, 1):
    plt.text(f"{share:.0f}%", share + 2, place, alignment="left")
plt.xlim(0, 110)
plt.xticks([0, 50, 100], ["0%", "50%", "100%"])
plt.show()

# %% [markdown] lang="en"
# ## Paint what it looks at
#
# At 0 all weights were equal, and the price was the mean, 20; at
# 5 it was a dictionary again, and the price 30. The lookup goes
# smoothly from one to the other, so it has slopes.
#
# Now eight queries at once, and eight values: the digits
# 3 1 4 1 5 9 2 6. The weights make a picture. A row is an
# answer, a column is a digit that it may look at, and ink is
# weight.
#
# At first each row looks at its own column, and the answer is a
# copy. Run the step. Then empty the canvas (`b`, `backspace`)
# and paint until the answers read 6 2 9 5 1 4 1 3, from top to
# bottom. The drawing shows what your rows find.

# %% [markdown] lang="ko"
# ## 보는 곳을 그려 봅시다
#
# `sharpness`가 0이면 가중치가 모두 같아서 평균인 20이 나왔고, 5면
# 딕셔너리처럼 30이 나왔습니다. 그 사이를 매끄럽게 오가므로 기울기가
# 있습니다.
#
# 이번에는 쿼리도 여덟, 값도 여덟입니다. 값은 숫자
# 3 1 4 1 5 9 2 6입니다. 가중치를 모으면 그림이 됩니다. 행은
# 답이고, 열은 볼 수 있는 숫자이며, 잉크가 가중치입니다.
#
# 처음에는 행마다 자기 열을 보므로 답이 원래 숫자와 같습니다.
# 먼저 실행하세요. 그다음 캔버스를 비우고(`b`, `backspace`) 위에서
# 아래로 읽은 답이 6 2 9 5 1 4 1 3이 될 때까지 그려 보세요. 각
# 행이 무엇을 찾는지 그림이 보여 줍니다.

# %% Paint the weights canvas="painted" show="painted"
digits = torch.tensor([3, 1, 4, 1, 5, 9, 2, 6])
painted = torch.eye(8).repeat_interleave(4, 0).repeat_interleave(4, 1)


def look(painted):
    ink = F.avg_pool2d(painted[None], 4)[0]
    weights = ink / ink.sum(dim=1, keepdim=True)
    return weights.nan_to_num()


answers = look(painted) @ F.one_hot(digits, 10).float()
print("answers", answers.argmax(dim=1).tolist())


# %% What each row finds view="every epoch"
def heat(weights, rows, columns):
    """A line for each row of weights, two characters a weight, the brighter the larger."""
    print("   " + "".join(f"{column:<2}" for column in columns))
    for row, line in zip(rows, weights.detach().nan_to_num().clamp(0, 1).tolist()):
        print(f"{row:>2} " + "".join(glow(one) for one in line) + "\033[0m")


def glow(weight):
    bright = weight**0.5
    red, green, blue = 50 + 205 * bright, 60 + 125 * bright, 110 - 80 * bright
    shade = "·░▒▓█"[int(4.5 * bright)]
    return f"\033[38;2;{int(red)};{int(green)};{int(blue)}m{2 * shade}"


rows = look(painted)
found = rows @ F.one_hot(digits, 10).float()
read = [f"{one.argmax()}" if one.max() > 0.6 else "?" for one in found]
heat(rows, read, digits.tolist())

# %% [markdown] lang="en"
# ## Where weights come from
#
# Nobody paints them. Each place makes a query $q$, a key $k$ and
# a value $v$, each $d$ numbers long, and all places at once make
# three matrices. Then every lookup of a sequence is one line:
#
# $$softmax(\frac{QK^T}{\sqrt{d}}) V$$
#
# This is **attention** (Vaswani et al., 2017). Here it is for
# five places with $d = 16$, beside PyTorch's own.
#
# $Q$ and $K$ are 5 x 16. How large is $QK^T$?
#
# - [ ] 16 x 16
#   That is $Q^T K$: it compares numbers within a place.
# - [x] 5 x 5
#   A score for each pair: who asks, and who is asked.
# - [ ] 5 x 16
#   $V$ and the result have that shape. Scores are of pairs.

# %% [markdown] lang="ko"
# ## 가중치는 어디서 올까요?
#
# 아무도 그려 주지 않습니다. 자리마다 쿼리 $q$, 키 $k$, 값 $v$를
# 만듭니다. 길이는 모두 $d$입니다. 모든 자리의 것을 모으면 행렬이
# 셋 생기고, 찾기 전체가 한 줄이 됩니다.
#
# $$softmax(\frac{QK^T}{\sqrt{d}}) V$$
#
# 이것이 **어텐션**입니다(Vaswani 외, 2017). 자리가 다섯이고
# $d = 16$일 때를 구해서 PyTorch의 함수와 비교해 봅시다.
#
# $Q$와 $K$는 5 x 16입니다. $QK^T$의 크기는 얼마일까요?
#
# - [ ] 16 x 16
#   그것은 $Q^T K$입니다. 한 자리 안의 수끼리 비교합니다.
# - [x] 5 x 5
#   묻는 자리와 대답하는 자리의 쌍마다 점수가 하나씩 있습니다.
# - [ ] 5 x 16
#   $V$와 결과의 크기입니다. 점수는 쌍마다 하나입니다.

# %% Attention in one line show="Q K V scores weights result"
torch.manual_seed(0)
Q, K, V = torch.randn(3, 5, 16)

scores = Q @ K.T / 16**0.5
weights = scores.softmax(dim=-1)
result = weights @ V

theirs = F.scaled_dot_product_attention(Q, K, V)
print("QK^T:", list(scores.shape), " result:", list(result.shape))
print("largest difference:", (result - theirs).abs().max().item())

# %% Who looks at whom view="every epoch"
heat(weights, range(1, 6), range(1, 6))
print("\neach row adds up to")
print(" ".join(f"{total:.2f}" for total in weights.sum(dim=1).tolist()))

# %% [markdown] lang="en"
# ## What the root is for
#
# Why divide by $\sqrt{d}$? A dot product adds up $d$ products,
# so scores $s$ grow with $d$, and softmax makes shares of $e^s$.
# The code asks 200 random queries with eight keys each, for $d$
# from 1 to 1024, without the root and with it.
#
# Fair shares would be 1/8. How large is the largest of eight, on
# average, at $d = 1024$ without the root?
#
# - [?] `plain` ± 0.08
#   One key takes nearly all of it.

# %% [markdown] lang="ko"
# ## 왜 루트로 나눌까요?
#
# $\sqrt{d}$로 나누는 까닭이 있습니다. 내적은 곱을 $d$개 더한
# 값이라서 $d$가 클수록 점수 $s$도 커지고, 소프트맥스는 $e^s$의
# 비율을 냅니다. 무작위 쿼리 200개를 각각 키 여덟 개와 비교합니다.
# $d$를 1에서 1024까지 바꾸면서 루트로 나누지 않을 때와 나눌 때를
# 봅시다.
#
# 똑같이 나누면 1/8씩입니다. $d = 1024$에서 루트로 나누지 않으면
# 여덟 중 가장 큰 비율은 평균 얼마일까요?
#
# - [?] `plain` ± 0.08
#   키 하나가 거의 다 가져갑니다.


# %% The root of d watch="plain scaled" show=""
def largest_and_slope(scores):
    weights = scores.softmax(dim=-1)
    slope = (weights * (1 - weights)).mean()
    return weights.amax(dim=-1).mean().item(), slope.item()


print("   d  spread   slope  with root")
for power in range(11):
    d = 2**power
    torch.manual_seed(0)
    queries, keys = torch.randn(200, d, 1), torch.randn(200, 8, d)
    scores = (keys @ queries).squeeze(-1)
    plain, slope = largest_and_slope(scores)
    scaled, kept = largest_and_slope(scores / d**0.5)
    print(f"{d:4}  {scores.std():6.1f}  {slope:6.3f}  {kept:9.3f}")

# %% [markdown] lang="en"
# ## Your turn: attention
#
# Without the root, one key takes nearly all, before anything is
# learnt. And softmax is flat there: its slope has shrunk from
# 0.100 to 0.007, so gradient descent hardly moves the scores.
# With the root nothing changes, however large $d$ is.
#
# Write it as a function. It must also work for a batch, whose
# $Q$ is [batch, places, d]: `K.mT` turns the last two dimensions
# around. Return the result and the weights.

# %% [markdown] lang="ko"
# ## 직접 해 보기: 어텐션
#
# 루트로 나누지 않으면 배우기도 전에 키 하나가 거의 다 가져갑니다.
# 게다가 그곳에서는 소프트맥스가 평평합니다. 기울기가 0.100에서
# 0.007로 줄어서 경사하강법이 점수를 거의 움직이지 못합니다. 루트로
# 나누면 $d$가 아무리 커도 그대로입니다.
#
# 함수로 써 보세요. $Q$의 shape이 [배치, 자리, d]인 배치를 넣어도
# 되어야 합니다. `K.mT`는 마지막 두 차원을 맞바꿉니다. 결과와
# 가중치를 함께 돌려주세요.


# %% Attention as a function show="Q K V" tags=["exercise"]
def attention(Q, K, V):
    scores = Q @ K.mT
    weights = scores
    return weights @ V, weights


print(attention(Q[:2], K, V))

# %% [markdown] lang="en" tags=["hint"]
# Two things are missing: the root, and what makes shares of
# scores. Along which dimension must the shares of one query add
# up to 1?

# %% [markdown] lang="ko" tags=["hint"]
# 빠진 것이 둘입니다. 루트와, 점수를 비율로 바꾸는 함수입니다.
# 쿼리 하나의 비율은 어느 차원을 따라 더하면 1이 되어야 할까요?

# %% [markdown] lang="en" tags=["hint"]
# $d$ is the last dimension of `Q`: `Q.shape[-1]`. The keys are
# the last dimension of the scores: `dim=-1`.

# %% [markdown] lang="ko" tags=["hint"]
# $d$는 `Q`의 마지막 차원, `Q.shape[-1]`입니다. 점수의 마지막
# 차원이 키이므로 `dim=-1`입니다.

# %% [markdown] lang="en" tags=["hint"]
# `scores = Q @ K.mT / Q.shape[-1] ** 0.5` and
# `weights = scores.softmax(dim=-1)`

# %% [markdown] lang="ko" tags=["hint"]
# `scores = Q @ K.mT / Q.shape[-1] ** 0.5`,
# `weights = scores.softmax(dim=-1)`


# %% tags=["solution"]
def attention(Q, K, V):
    scores = Q @ K.mT / Q.shape[-1] ** 0.5
    weights = scores.softmax(dim=-1)
    return weights @ V, weights


print(attention(Q[:2], K, V))

# %% tags=["check"]
torch.manual_seed(1)
one = [torch.randn(6, 16), torch.randn(4, 16), torch.randn(4, 8)]
many = [torch.randn(3, 7, 8), torch.randn(3, 5, 8), torch.randn(3, 5, 2)]
of_many = attention(*many)
count = len(of_many) if isinstance(of_many, (tuple, list)) else 1
is_pair = count == 2

assert is_pair, {
    "en": f"attention must return two things, the result and the weights; yours returns {count}",
    "ko": "attention은 결과와 가중치 둘을 함께 돌려줘야 합니다."
    f" 지금 돌려주는 것은 {count}개입니다",
}
if is_pair:
    (found, shares), (_, shares_one) = of_many, attention(*one)
    totals = shares.sum(dim=-1).flatten()
    fits = list(shares.shape) == [3, 7, 5] and torch.allclose(totals, torch.ones(21), atol=1e-5)
    assert fits, {
        "en": "for each query the weights of all keys must add up to 1; those of yours add up to"
        f" {totals[0].item():.3f}, {totals[1].item():.3f} and so on",
        "ko": "쿼리마다 모든 키의 가중치를 더하면 1이어야 합니다. 지금은"
        f" {totals[0].item():.3f}, {totals[1].item():.3f} 등입니다",
    }
if is_pair and fits:
    right = (many[0] @ many[1].mT / 8**0.5).softmax(dim=-1)
    right_one = (one[0] @ one[1].mT / 4).softmax(dim=-1)
    off, off_one = (shares - right).abs(), (shares_one - right_one).abs()
    d, ours, theirs, at = 8, shares, right, off.argmax()
    if off.max() < 1e-5:
        d, ours, theirs, at = 16, shares_one, right_one, off_one.argmax()
    assert max(off.max(), off_one.max()) < 1e-5, {
        "en": "the weights must be the softmax of the scores divided by the root of d;"
        f" with d = {d} one of yours is {ours.flatten()[at].item():.3f}, and it should be"
        f" {theirs.flatten()[at].item():.3f}",
        "ko": "가중치는 점수를 d의 루트로 나눈 값의 소프트맥스여야 합니다."
        f" d = {d}일 때 지금 {ours.flatten()[at].item():.3f}인 가중치가 있습니다."
        f" 맞는 값: {theirs.flatten()[at].item():.3f}",
    }
if is_pair and fits:
    wanted = shares @ many[2]
    mixes = found.shape == wanted.shape and torch.allclose(found, wanted, atol=1e-5)
    assert mixes, {
        "en": "the result must mix the values, as much of each as its weight says;"
        " what is multiplied by the weights?",
        "ko": "결과는 가중치만큼 값(V)을 섞은 것이어야 합니다. 가중치를 무엇과 곱했나요?",
    }

# %% [markdown] lang="en"
# ## A model that looks
#
# Now to learn where to look. Eight digits go in, and the answer
# is to be the same digits from last to first.
#
# The model makes a vector of each digit (an **embedding**: a
# table with a row for each), and three layers make $q$, $k$ and
# $v$ of it. Attention mixes the values, and a last layer gives
# ten logits for each of the eight answers. Leave `places` for
# the moment: at 0 it does nothing.
#
# The model is not trained. If the digits come in another order,
# its eight answers...
#
# - [ ] stay as they were
#   Place 1 asks with another digit now, so it finds other things.
# - [x] come in that other order too, and are the same
#   Each digit asks the same of the same crowd. Order is not seen.
# - [ ] are quite different
#   Nothing in the sum over keys knows which came first.

# %% [markdown] lang="ko"
# ## 보는 모델
#
# 이제 모델이 어디를 볼지 배웁니다. 숫자 여덟 개를 넣으면,
# 끝에서부터 거꾸로 답해야 합니다.
#
# 모델은 숫자마다 벡터를 만들고(**임베딩**: 숫자마다 한 행이 있는
# 표입니다), 세 층이 거기서 $q$, $k$, $v$를 만듭니다. 어텐션이
# 값을 섞으면, 마지막 층이 답 여덟 개마다 로짓을 열 개씩 냅니다.
# `places`는 잠시 놔두세요. 0이면 아무 일도 하지 않습니다.
#
# 아직 학습하지 않았습니다. 숫자의 순서를 바꿔서 넣으면 여덟 개의
# 답은 어떻게 될까요?
#
# - [ ] 그대로입니다
#   첫째 자리의 숫자가 바뀌었으니 묻는 것도, 찾는 것도 달라집니다.
# - [x] 같은 답이 바뀐 순서로 나옵니다
#   어느 숫자든 어디에 있든 똑같은 여덟 숫자에게 똑같이 묻습니다.
#   순서는 보이지 않습니다.
# - [ ] 전혀 다른 답이 나옵니다
#   키를 모두 더할 때 누가 먼저인지는 어디에도 남지 않습니다.


# %% A model that looks show="order"
class Reader(nn.Module):
    def __init__(self, places, width=32):
        super().__init__()
        self.places = places
        self.digit = nn.Embedding(10, width)
        self.place = nn.Embedding(8, width)
        self.query = nn.Linear(width, width, bias=False)
        self.key = nn.Linear(width, width, bias=False)
        self.value = nn.Linear(width, width, bias=False)
        self.answer = nn.Linear(width, 10)

    def forward(self, digits):
        count = digits.shape[-1]
        x = self.digit(digits) + self.places * self.place.weight[:count]
        scores = self.query(x) @ self.key(x).mT / x.shape[-1] ** 0.5
        self.weights = scores.softmax(dim=-1)
        return self.answer(self.weights @ self.value(x))


torch.manual_seed(0)
model, order = Reader(places=0), torch.randperm(8)
difference = (model(digits)[order] - model(digits[order])).abs().max().item()
print(f"order {order.tolist()}: differs by at most {difference:.0e}")

# %% [markdown] lang="en"
# ## Blind to order
#
# Attention looks at a crowd, not at a line: a surprise, if you
# have heard that it reads sentences. Let it learn to reverse
# digits all the same.
#
# The picture shows where each answer looks, as on your canvas:
# a row is an answer, a column is one of the digits.
#
# Guessing one digit of ten costs $\ln 10 = 2.30$. What will the
# loss be after 200 iterations?
#
# - [?] `recent` ± 0.2
#   It knows which digits are there, not where. It guesses among those.

# %% [markdown] lang="ko"
# ## 순서를 보지 못합니다
#
# 어텐션은 줄이 아니라 무리를 봅니다. 문장을 읽는 방법이라고 들은
# 사람에게는 뜻밖일 겁니다. 그래도 숫자를 뒤집는 법을 배우게 해
# 봅시다.
#
# 답마다 어디를 보는지 캔버스에서처럼 그립니다. 행이 답이고 열이
# 숫자입니다.
#
# 열 개 중에서 찍으면 loss는 $\ln 10 = 2.30$입니다. 200번 학습하면
# loss는 얼마가 될까요?
#
# - [?] `recent` ± 0.2
#   어떤 숫자가 있는지는 알지만 어디 있는지 몰라서 그중에서 찍습니다.

# %% Reversing, blind to order watch="loss" show="blind.weights"
torch.manual_seed(0)
blind = Reader(places=0)
optimizer = torch.optim.Adam(blind.parameters(), lr=0.002)
recent = 2.3

for iteration in range(1, 201):
    batch = torch.randint(10, (64, 8))
    logits = blind(batch)
    loss = F.cross_entropy(logits.flatten(0, 1), batch.flip(1).flatten())
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    recent = 0.95 * recent + 0.05 * loss.item()
    if iteration % 100 == 0:
        print(f"iteration {iteration}: loss {recent:.3f}")

# %% Where each answer looks view="every iteration"
said = logits[0].argmax(dim=1).tolist()
heat(blind.weights[0], said, batch[0].tolist())
right = sum(one == other for one, other in zip(said, batch[0].flip(0).tolist()))
print(f"\n{right} of 8 are right")

# %% [markdown] lang="en"
# ## Places
#
# The loss stopped at 1.79. There are at most eight different
# digits in a question; it learnt to name those, and can do
# no more.
#
# So tell it where each digit stands: a second table has a vector
# for each of the eight **places**, learnt like all else, and the
# two are added. The model is the same, with `places=1`.
#
# Press `-` a few times, run it, and watch the picture.
#
# Which picture will there be?
#
# - [ ] A bright diagonal
#   That would be a copy. It was your first canvas.
# - [x] A bright line from the upper right to the lower left
#   The first answer looks at the last place, and so on.
# - [ ] One bright column
#   All answers would then be the same digit.

# %% [markdown] lang="ko"
# ## 자리
#
# loss는 1.79에서 멈췄습니다. 질문에 나오는 서로 다른 숫자는 많아야
# 여덟 개입니다. 어떤 숫자가 있는지 알아내는 데까지가 한계였습니다.
#
# 그러니 각 숫자가 어디 있는지 알려 줍시다. 둘째 표에는 여덟
# **자리**마다 벡터가 하나씩 있고, 이것도 똑같이 학습합니다. 숫자의
# 벡터에 그 자리의 벡터를 더합니다. 모델은 그대로이고 `places=1`로
# 바꿨을 뿐입니다.
#
# `-`를 몇 번 누른 다음 실행하고 그림을 보세요.
#
# 어떤 그림이 될까요?
#
# - [ ] 왼쪽 위에서 오른쪽 아래로 밝은 대각선
#   그러면 원래 숫자와 같아집니다. 캔버스의 처음 그림이 그랬습니다.
# - [x] 오른쪽 위에서 왼쪽 아래로 밝은 선
#   첫째 답은 마지막 자리를, 둘째 답은 그 앞자리를 봅니다.
# - [ ] 밝은 열 하나
#   그러면 답이 모두 같은 숫자가 됩니다.

# %% Reversing, with places watch="loss" show="model.weights model.place.weight"
torch.manual_seed(0)
model = Reader(places=1)
optimizer = torch.optim.Adam(model.parameters(), lr=0.002)

for iteration in range(1, 201):
    batch = torch.randint(10, (64, 8))
    logits = model(batch)
    loss = F.cross_entropy(logits.flatten(0, 1), batch.flip(1).flatten())
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if iteration % 50 == 0:
        print(f"iteration {iteration}: loss {loss.item():.4f}")

# %% Where answers look now view="every iteration"
said = logits[0].argmax(dim=1).tolist()
heat(model.weights[0], said, batch[0].tolist())
right = sum(one == other for one, other in zip(said, batch[0].flip(0).tolist()))
print(f"\n{right} of 8 are right")

# %% [markdown] lang="en"
# ## What has it learnt?
#
# Nobody told it to look there: the gradient painted your picture
# in a hundred iterations. Race `places: 0 0.1 1` with `V` in the
# step before, and see how the three go.
#
# Eight digits it now reverses without a mistake. Give it seven.
#
# Which share of its answers will be right?
#
# - [ ] All of them: it knows how to reverse
#   It knows where to look for eight. That is another thing.
# - [ ] About seven in eight: the last one is missing
#   Place 1 looks at place 8. What does it find there?
# - [x] About one in ten, as if it guessed
#   It learnt places. In a row of seven each answer is one place off.
#   In a shorter one some look for a place that is not there, take
#   another, and happen to hit.

# %% [markdown] lang="ko"
# ## 뒤집는 법을 배웠을까요?
#
# 어디를 보라고 알려 준 사람은 없습니다. 기울기가 백 번 만에 여러분과
# 같은 그림을 그렸습니다. 앞 단계에서 `V`로 `places: 0 0.1 1`을
# 경주시키고 셋을 비교해 보세요.
#
# 이제 숫자 여덟 개는 하나도 틀리지 않고 뒤집습니다. 일곱 개를
# 주면 어떨까요?
#
# 답 중 얼마나 맞힐까요?
#
# - [ ] 모두 맞힙니다. 뒤집는 법을 아니까요
#   여덟 개일 때 어디를 볼지 알 뿐입니다. 뒤집는 법을 아는 것과는
#   다릅니다.
# - [ ] 여덟 중 일곱쯤 맞힙니다. 마지막 하나가 없으니까요
#   첫째 자리는 여덟째 자리를 봅니다. 거기에 무엇이 있나요?
# - [x] 열에 하나쯤 맞힙니다. 찍는 것과 같습니다
#   자리를 외웠습니다. 숫자가 일곱이면 답마다 한 자리씩 어긋납니다.
#   더 짧으면 찾는 자리가 없어서 다른 자리를 보는데, 어쩌다 맞기도
#   합니다.

# %% Fewer digits watch="" show="shares"
shares = torch.zeros(9, 2)
for count in [8, 7, 6, 5, 4]:
    batch = torch.randint(10, (500, count))
    for column, reader in enumerate([model, blind]):
        said = reader(batch).argmax(dim=-1)
        shares[count, column] = (said == batch.flip(1)).float().mean()
    with_places, without = shares[count].tolist()
    print(f"{count} digits: {with_places:.1%} right, blind {without:.1%}")

# %% [markdown] lang="en"
# ## Predicting dice
#
# It learnt places by heart, not the idea: with seven digits it
# does worse than the model that is blind to order.
#
# Language models do not answer all at once: they **write**. From
# all **tokens** so far (digits here, letters later) they predict
# the next, append it, and go on.
# In training every place of a sequence does that at the same
# time: the input is `dice[:, :-1]`, and the target of each place
# is the token one further on, `dice[:, 1:]`.
#
# Let it predict what nobody can: fair dice with ten sides. The
# honest best is to say 1/10 to all, which costs $\ln 10 = 2.30$.
#
# What will the loss be after 100 iterations?
#
# - [?] `loss.item()` ± 0.15
#   Far below honest. Look at the picture: where does it look?

# %% [markdown] lang="ko"
# ## 주사위 맞히기
#
# 뒤집는 법이 아니라 자리를 외웠습니다. 숫자가 일곱 개면 순서를 보지
# 못하는 모델보다도 못합니다.
#
# 언어 모델은 한꺼번에 답하지 않고 하나씩 **씁니다**. 지금까지의
# **토큰**(여기서는 숫자, 나중에는 글자)으로 다음 토큰을 예측해서
# 뒤에 붙이고, 다시 예측합니다.
# 학습할 때는 모든 자리가 동시에 예측합니다. 입력은
# `dice[:, :-1]`이고, 각 자리의 정답은 한 칸 뒤의 토큰, 곧
# `dice[:, 1:]`입니다.
#
# 아무도 맞힐 수 없는 것을 시켜 봅시다. 면이 열 개인 공정한
# 주사위입니다. 정직하게는 모두 1/10이라고 하는 것이 최선이고,
# loss는 $\ln 10 = 2.30$입니다.
#
# 100번 학습하면 loss는 얼마가 될까요?
#
# - [?] `loss.item()` ± 0.15
#   정직한 최선보다 훨씬 작습니다. 그림에서 어디를 보고 있나요?


# %% Predicting dice watch="loss" show="writer.weights"
class Writer(nn.Module):
    def __init__(self, weigh, tokens, length, width=32):
        super().__init__()
        self.weigh = weigh
        self.token = nn.Embedding(tokens, width)
        self.place = nn.Embedding(length, width)
        self.query = nn.Linear(width, width, bias=False)
        self.key = nn.Linear(width, width, bias=False)
        self.value = nn.Linear(width, width, bias=False)
        self.next = nn.Linear(width, tokens)

    def forward(self, tokens):
        x = self.token(tokens) + self.place.weight[: tokens.shape[-1]]
        scores = self.query(x) @ self.key(x).mT / x.shape[-1] ** 0.5
        self.weights = self.weigh(scores)
        return self.next(self.weights @ self.value(x))


def predict_dice(writer, optimizer):
    dice = torch.randint(10, (64, 13))
    logits = writer(dice[:, :-1])
    loss = F.cross_entropy(logits.flatten(0, 1), dice[:, 1:].flatten())
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss


def weigh_all(scores):
    return scores.softmax(dim=-1)


torch.manual_seed(0)
writer = Writer(weigh_all, tokens=10, length=12)
optimizer = torch.optim.Adam(writer.parameters(), lr=0.003)
for iteration in range(100):
    loss = predict_dice(writer, optimizer)
print(f"loss {loss.item():.3f}")

# %% Where each place looks view="every iteration"
heat(writer.weights[0], range(1, 13), [f"{place % 10}" for place in range(1, 13)])

# %% [markdown] lang="en"
# ## Your turn: hide the future
#
# It cheats. Each place looks one to the right, where its own
# target stands. Only the last has nothing to look at and must
# guess: $\ln 10 / 12 = 0.19$. When it writes for itself, there
# is no right yet, and it can do nothing at all.
#
# So no place may see what comes after it. A **mask** sets those
# scores to $-\infty$ before softmax, which gives them a share
# of exactly 0.
#
# Mend `weigh_past`. With `count = scores.shape[-1]`,
# `torch.ones(count, count).triu(1).bool()` is True right of the
# diagonal, and `scores.masked_fill(future, -torch.inf)` fills in.

# %% [markdown] lang="ko"
# ## 직접 해 보기: 미래 가리기
#
# 부정행위를 했습니다. 자리마다 바로 오른쪽, 곧 자기 정답이 있는
# 곳을 봅니다. 마지막 자리만 볼 것이 없어서 찍습니다. 그 몫이
# $\ln 10 / 12 = 0.19$입니다. 실제로 글을 쓸 때는 오른쪽이 아직
# 없으므로 아무것도 하지 못합니다.
#
# 그러니 어느 자리도 자기 뒤를 보면 안 됩니다. **마스크**는
# 소프트맥스 전에 그 점수를 $-\infty$로 바꿉니다. 그러면 비율이
# 정확히 0이 됩니다.
#
# `weigh_past`를 고쳐 보세요. `count = scores.shape[-1]`이면
# `torch.ones(count, count).triu(1).bool()`은 대각선 오른쪽에서만
# True이고, `scores.masked_fill(future, -torch.inf)`로 채웁니다.


# %% Hide the future watch="loss" show="writer.weights" tags=["exercise"]
def weigh_past(scores):
    return scores.softmax(dim=-1)


torch.manual_seed(0)
writer = Writer(weigh_past, tokens=10, length=12)
optimizer = torch.optim.Adam(writer.parameters(), lr=0.003)
for iteration in range(100):
    loss = predict_dice(writer, optimizer)
print(f"loss {loss.item():.3f}")

# %% Where places look now view="every iteration"
heat(writer.weights[0], range(1, 13), [f"{place % 10}" for place in range(1, 13)])

# %% [markdown] lang="en" tags=["hint"]
# Fill in the scores before softmax, not the weights after it:
# what is left must still add up to 1.

# %% [markdown] lang="ko" tags=["hint"]
# 소프트맥스를 거친 가중치가 아니라 그 전의 점수를 채우세요. 남은
# 가중치를 더하면 여전히 1이어야 합니다.

# %% [markdown] lang="en" tags=["hint"]
# `triu(1)` keeps what is right of the diagonal. The diagonal
# itself stays visible: a place may see its own token.

# %% [markdown] lang="ko" tags=["hint"]
# `triu(1)`은 대각선의 오른쪽만 남깁니다. 대각선은 가리지 않습니다.
# 자기 자리의 토큰은 봐도 됩니다.

# %% [markdown] lang="en" tags=["hint"]
# `future = torch.ones(count, count).triu(1).bool()`, and then
# `return scores.masked_fill(future, -torch.inf).softmax(dim=-1)`

# %% [markdown] lang="ko" tags=["hint"]
# `future = torch.ones(count, count).triu(1).bool()`, 그리고
# `return scores.masked_fill(future, -torch.inf).softmax(dim=-1)`


# %% tags=["solution"]
def weigh_past(scores):
    count = scores.shape[-1]
    future = torch.ones(count, count).triu(1).bool()
    return scores.masked_fill(future, -torch.inf).softmax(dim=-1)


torch.manual_seed(0)
writer = Writer(weigh_past, tokens=10, length=12)
optimizer = torch.optim.Adam(writer.parameters(), lr=0.003)
for iteration in range(100):
    loss = predict_dice(writer, optimizer)
print(f"loss {loss.item():.3f}")

# %% tags=["check"]
torch.manual_seed(2)
some = torch.randn(3, 5, 5)
shares = weigh_past(some)
fits = torch.is_tensor(shares) and list(shares.shape) == [3, 5, 5]

assert fits, {
    "en": "weigh_past must return weights of the same shape as the scores, also for a batch",
    "ko": "weigh_past는 배치일 때도 점수와 shape이 같은 가중치를 돌려줘야 합니다",
}
if fits:
    fits = not shares.isnan().any()
    assert fits, {
        "en": "the weights must be numbers; yours have nan, which softmax makes of a row with"
        " nothing left to see: may each place see its own token, and is it minus infinity?",
        "ko": "가중치는 수여야 합니다. 지금은 nan이 있습니다. 볼 것이 하나도 남지 않은 행에서"
        " 소프트맥스는 nan이 됩니다. 자기 자리의 토큰은 볼 수 있나요? 채운 값은 음의"
        " 무한대인가요?",
    }
if fits:
    seen = shares.triu(1).abs().sum().item()
    assert seen == 0, {
        "en": "right of the diagonal all weights must be exactly 0;"
        f" those of yours add up to {seen:.3f}: what does softmax make of what you filled in?",
        "ko": "대각선 오른쪽의 가중치는 정확히 0이어야 합니다."
        f" 지금은 더해서 {seen:.3f}입니다. 채운 값을 소프트맥스가 무엇으로 바꾸나요?",
    }
if fits and seen == 0:
    lowest = shares.sum(dim=-1).nan_to_num().min().item()
    whole = torch.allclose(shares.sum(dim=-1), torch.ones(3, 5), atol=1e-5)
    assert whole, {
        "en": f"each row must still add up to 1; yours has one that adds up to {lowest:.3f}:"
        " was it masked before softmax, and is the diagonal left?",
        "ko": f"행마다 더해서 1이어야 합니다. 지금은 {lowest:.3f}인 행이 있습니다."
        " 소프트맥스 전에 가렸나요? 대각선은 남겼나요?",
    }
if fits and seen == 0 and whole:
    # what the scores say of the past must still hold: odds are powers of e
    odds = (shares[:, 4, 0] / shares[:, 4, 1]).log()
    keeps = torch.allclose(odds, some[:, 4, 0] - some[:, 4, 1], atol=1e-4)
    assert keeps, {
        "en": "what can be seen must be weighed by softmax of its scores, as before",
        "ko": "볼 수 있는 것의 가중치는 전처럼 점수의 소프트맥스여야 합니다",
    }

# %% [markdown] lang="en"
# ## Writing backwards
#
# With the future hidden the dice cost 2.30 again, as they must.
# Such attention is called **causal**.
#
# Now reversing as writing. A sequence is the eight digits, a
# sign `>` (token 10) and the eight digits backwards:
#
#     31415926>62951413
#
# Only what comes after `>` is trained: nobody can predict the
# question. The picture has a row for each token that is written,
# and a column for all that stand before.
#
# How will the loss go in 200 iterations?
#
# - [~] `loss`
#   From 2.4 to nothing. Where it looks is there, in what it has read.

# %% [markdown] lang="ko"
# ## 거꾸로 쓰기
#
# 미래를 가리면 주사위의 loss는 다시 2.30입니다. 당연합니다. 이것을
# **인과적**(causal) 어텐션이라고 합니다.
#
# 이제 뒤집기를 글쓰기로 바꿉니다. 숫자 여덟 개, 기호 `>`(토큰 10),
# 그리고 거꾸로 쓴 숫자 여덟 개가 한 줄입니다.
#
#     31415926>62951413
#
# `>` 다음만 학습합니다. 질문은 아무도 예측할 수 없으니까요. 그림의
# 행은 쓰는 토큰이고, 열은 그 앞에 있는 모든 토큰입니다.
#
# 200번 학습하는 동안 loss는 어떻게 될까요?
#
# - [~] `loss`
#   2.4에서 거의 0까지 떨어집니다. 볼 곳이 이미 읽은 것 안에 있기 때문입니다.


# %% Writing backwards watch="loss" show="writer.weights"
def causal(scores):
    count = scores.shape[-1]
    future = torch.ones(count, count).triu(1).bool()
    return scores.masked_fill(future, -torch.inf).softmax(dim=-1)


torch.manual_seed(0)
writer = Writer(causal, tokens=11, length=16)
optimizer = torch.optim.Adam(writer.parameters(), lr=0.002)

for iteration in range(1, 201):
    question = torch.randint(10, (64, 8))
    sign = torch.full((64, 1), 10)
    sequence = torch.hstack([question, sign, question.flip(1)])
    logits = writer(sequence[:, :-1])[:, 8:]
    loss = F.cross_entropy(logits.flatten(0, 1), sequence[:, 9:].flatten())
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if iteration % 50 == 0:
        print(f"iteration {iteration}: loss {loss.item():.4f}")

# %% Where it looks, writing view="every iteration"
signs = "0123456789>"
heat(
    writer.weights[0, 8:],
    [signs[token] for token in sequence[0, 9:]],
    [signs[token] for token in sequence[0, :-1]],
)

# %% [markdown] lang="en"
# ## One token after the other
#
# Now it writes for itself. Each iteration runs the writer on all
# there is, takes the likeliest next token, and appends it.
#
# Take it one iteration at a time with `.`, and back with `,`.
# Each line is a token that it wrote, with a bar below what it
# looked at.
#
# The `question` is yours to change: `e`, then `f5`. Can you find
# one that it gets wrong?

# %% [markdown] lang="ko"
# ## 토큰을 하나씩
#
# 이제 혼자 씁니다. 반복마다 지금까지의 토큰을 모두 모델에 넣고,
# 가장 그럴듯한 다음 토큰을 골라 뒤에 붙입니다.
#
# `.`로 한 번씩 앞으로, `,`로 한 번씩 뒤로 가 보세요. 한 줄이
# 토큰 하나이고, 막대는 그 토큰을 쓸 때 본 곳 아래에 섭니다.
#
# `question`은 마음대로 바꿔도 됩니다. `e`로 고치고 `f5`로
# 실행하세요. 틀리는 질문을 찾을 수 있나요?

# %% One token after the other watch="sureness" show="written chances"
question = [3, 1, 4, 1, 5, 9, 2, 6]

written = torch.tensor([*question, 10])
for step in range(8):
    with torch.no_grad():
        logits = writer(written)
    chances = logits[-1].softmax(dim=0)
    sureness = chances.max().item()
    written = torch.hstack([written, chances.argmax()])
print("".join(signs[token] for token in written))


# %% What it looked at view="every iteration"
def bars(weights, text):
    """For each character of the text a bar as high as its weight."""
    line = ""
    for weight, character in zip(weights.nan_to_num().tolist(), text):
        bar = " ▁▂▃▄▅▆▇█"[min(8, round(8 * weight))]
        line += bar * (2 if character >= "\u1100" else 1)
    return line


text = "".join(signs[token] for token in written)
print(f"    {text[:9]}\033[1;36m{text[9:]}\033[0m  sure: {sureness:.0%}\n")
for sign, looked in zip(text[9:], writer.weights[8:]):
    print(f"  \033[1;36m{sign}\033[0m {bars(looked, text)}")

# %% [markdown] lang="en"
# ## From one look to a GPT
#
# Reversing takes one look for each token. Language takes several
# at once, each for something else. So the width is split among
# several **heads**; each has its own, narrower $q$, $k$ and $v$.
#
# After looking, each place thinks by itself: two layers with a
# ReLU. Both *add* to $x$ instead of replacing it, and LayerNorm
# keeps the numbers in scale. That is a **block**. Blocks on top
# of each other, a table before and a layer behind: a GPT.
#
# Which has more parameters, a block with one head of 64, or one
# with four heads of 16?
#
# - [ ] The one with one head
#   Splitting the width among heads takes no number away.
# - [ ] The one with four heads, four times as many
#   Each head gets a quarter of the width.
# - [x] Both have the same number
#   Heads share out the same numbers: four looks for the price of one.

# %% [markdown] lang="ko"
# ## 한 번 보기에서 GPT로
#
# 뒤집을 때는 토큰마다 한 곳만 보면 됩니다. 언어에서는 동시에 여러
# 곳을, 저마다 다른 까닭으로 봐야 합니다. 그래서 폭을 여러
# **헤드**로 나눕니다. 헤드마다 좁은 $q$, $k$, $v$를 따로 가집니다.
#
# 보고 나면 자리마다 혼자 생각합니다. ReLU가 있는 층 두 개가 그
# 일을 합니다. 본 결과도, 생각한 결과도 $x$를 갈아치우지 않고 $x$에
# *더해집니다*. LayerNorm은 수의 크기를 고르게 맞춥니다. 이것이
# **블록**입니다. 블록을 쌓고, 앞에 표를, 뒤에 층을 두면 GPT입니다.
#
# 폭 64인 헤드 하나와 폭 16인 헤드 넷 중, 어느 블록의 파라미터가
# 더 많을까요?
#
# - [ ] 헤드가 하나인 블록
#   폭을 헤드로 나눈다고 줄어드는 수는 없습니다.
# - [ ] 헤드가 넷인 블록이 네 배
#   헤드마다 폭의 4분의 1만 가집니다.
# - [x] 둘이 같습니다
#   같은 수를 헤드가 나눠 가집니다. 파라미터를 더 쓰지 않고 네 번
#   봅니다.


# %% A block show=""
class Block(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.norms = nn.ModuleList(nn.LayerNorm(width) for _ in range(2))
        self.qkv = nn.Linear(width, 3 * width)
        self.join = nn.Linear(width, width)
        self.think = nn.Sequential(
            nn.Linear(width, 4 * width),
            nn.ReLU(),
            nn.Linear(4 * width, width),
        )

    def split(self, x):
        # [places, width] becomes [heads, places, width of a head]
        return x.unflatten(-1, (self.heads, -1)).transpose(-3, -2)

    def forward(self, x):
        parts = self.qkv(self.norms[0](x)).chunk(3, dim=-1)
        Q, K, V = (self.split(part) for part in parts)
        self.weights = causal(Q @ K.mT / Q.shape[-1] ** 0.5)
        looked = (self.weights @ V).transpose(-3, -2).flatten(-2)
        x = x + self.join(looked)
        return x + self.think(self.norms[1](x))


for heads in [1, 4]:
    block = Block(64, heads)
    block(torch.randn(10, 64))
    count = sum(parameter.numel() for parameter in block.parameters())
    shape = list(block.weights.shape)
    print(f"heads {heads}: {count:,} parameters, weights {shape}")

# %% [markdown] lang="en"
# ## A book
#
# *Alice's Adventures in Wonderland* (Lewis Carroll, 1865) lies
# beside this lesson: 148,476 characters, 72 different ones. Each
# is a token. The last tenth is kept for testing.
#
# An untrained model gives each character about the same chance.
# What will its loss be?
#
# - [?] `start_loss` ± 0.3
#   Near ln 72 = 4.28: as in guessing among 72.

# %% [markdown] lang="ko"
# ## 책 한 권
#
# "이상한 나라의 앨리스"(루이스 캐럴, 1865)의 영어 원문이 레슨에
# 들어 있습니다. 글자 148,476개이고 서로 다른 글자는 72개입니다.
# 글자 하나가 토큰 하나입니다. 마지막 10분의 1은 테스트 데이터로
# 남깁니다.
#
# 학습하지 않은 모델은 모든 글자에 비슷한 확률을 줍니다. loss는
# 얼마일까요?
#
# - [?] `start_loss` ± 0.3
#   ln 72 = 4.28에 가깝습니다. 72개 중에서 찍는 것과 같습니다.

# %% A book show="train_tokens test_tokens"
from pathlib import Path

# a notebook has no __file__; it runs in the folder that it lies in
lesson = Path(globals().get("__file__", "08_attention.py")).resolve()
folders = [parent / "assets" / "texts" for parent in lesson.parents]
texts = next(filter(Path.is_dir, folders), folders[1])
book = (texts / "alice.txt").read_text(encoding="utf-8")

characters = sorted(set(book))
number_of = {one: number for number, one in enumerate(characters)}
tokens = torch.tensor([number_of[one] for one in book])
train_tokens, test_tokens = tokens.tensor_split([len(tokens) * 9 // 10])


class GPT(nn.Module):
    def __init__(self, tokens, length, width, heads, blocks):
        super().__init__()
        self.length = length
        self.token = nn.Embedding(tokens, width)
        self.place = nn.Embedding(length, width)
        stack = [Block(width, heads) for _ in range(blocks)]
        self.blocks = nn.Sequential(*stack)
        self.norm = nn.LayerNorm(width)
        self.next = nn.Linear(width, tokens)

    def forward(self, tokens):
        x = self.token(tokens) + self.place.weight[: tokens.shape[-1]]
        return self.next(self.norm(self.blocks(x)))


torch.manual_seed(0)
gpt = GPT(len(characters), length=48, width=64, heads=4, blocks=2)
with torch.no_grad():
    start_loss = F.cross_entropy(gpt(tokens[:48]), tokens[1:49]).item()
print(f"{len(book):,} characters, {len(characters)} different")
print(f"loss {start_loss:.2f}\n")
print(book[1275:1500])

# %% [markdown] lang="en"
# ## How long to read
#
# 4.47 is worse than guessing: it has random opinions. Now let it
# read. The code of this step says how many batches.
#
# Each batch holds 16 excerpts of 49 characters, cut out of the
# book anywhere, and teaches 48 predictions in each of them.

# %% [markdown] lang="ko"
# ## 얼마나 읽을까요?
#
# 4.47이면 찍는 것보다 못합니다. 아무 근거 없이 몇몇 글자에 더 높은
# 확률을 주기 때문입니다. 이제 책을 읽힙시다. 이 단계의 코드는
# 배치를 몇 번 읽을지 정합니다.
#
# 배치에는 책 아무 데서나 잘라 낸 49글자짜리 토막이 16개 있고,
# 토막마다 다음 글자를 48번 예측합니다.

# %% How long to read tags=["parameters"]
iterations = 1500

# %% [markdown] lang="en"
# ## Training a GPT
#
# While it trains, the drawing gives it 20 characters of the test
# part and lets it go on. Watch how it grows: what does it get
# right first, and what later?
#
# It draws each character by its chance. The `temperature`
# divides the logits before: below 1 the likely ones gain.
#
# What is the loss on the test part at the end?
#
# - [?] `test_loss` ± 0.2
#   Of 72 characters, it is as unsure as among five.

# %% [markdown] lang="ko"
# ## GPT 학습하기
#
# 학습하는 동안 테스트 데이터의 첫 20글자를 주고 이어 쓰게 합니다.
# 글이 어떻게 자라는지 보세요. 무엇을 먼저 배우고 무엇을 나중에
# 배우나요?
#
# 글자는 확률에 따라 뽑습니다. 그 전에 로짓을 `temperature`로
# 나눕니다. 1보다 작으면 그럴듯한 글자의 몫이 더 커집니다.
#
# 마지막에 테스트 데이터의 loss는 얼마일까요?
#
# - [?] `test_loss` ± 0.2
#   글자 72개 중 다섯쯤을 두고 망설이는 것과 같습니다.


# %% Training a GPT watch="loss test_loss" show="gpt.token.weight loss"
def excerpts(tokens, count):
    starts = torch.randint(len(tokens) - 48, (count, 1))
    found = tokens[starts + torch.arange(49)]
    return found[:, :-1], found[:, 1:]


def loss_of(batch):
    x, y = batch
    return F.cross_entropy(gpt(x).flatten(0, 1), y.flatten())


@torch.no_grad()
def drawn_after(text, temperature):
    seen = [number_of[one] for one in text[-gpt.length :]]
    logits = gpt(torch.tensor(seen))[-1]
    chances = (logits / temperature).softmax(dim=0)
    # a random number falls into the stretch of one character
    falls_before = torch.rand(()) < chances.cumsum(dim=0)
    return characters[falls_before.int().argmax()]


torch.manual_seed(0)
gpt = GPT(len(characters), length=48, width=64, heads=4, blocks=2)
optimizer = torch.optim.AdamW(gpt.parameters(), lr=0.004)
test_batch = excerpts(test_tokens, 200)

for iteration in range(1, iterations + 1):
    loss = loss_of(excerpts(train_tokens, 16))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if iteration % 100 == 0 or iteration == iterations:
        with torch.no_grad():
            test_loss = loss_of(test_batch).item()
        print(f"iteration {iteration}: test loss {test_loss:.3f}")

# %% What it writes view="every iteration"
import textwrap

import plotext as plt

width, _ = plt.terminal_size()
sample = book[len(train_tokens) :][:20]
for _ in range(150):
    sample += drawn_after(sample, temperature=0.7)
print(f"iteration {iteration}: loss {loss.item():.2f}\n")
print(textwrap.fill(" ".join(sample.split()), min(width, 60)))

# %% [markdown] lang="en"
# ## Where its heads look
#
# First it knew which letters are frequent, then how long words
# are, then short words and names. Now it writes on from the end of
# what it has read: each character is an iteration of the loop.
# Take them one at a time with `.`, or slowly with `-`.
#
# The last line is the text. Above it stand the four heads of
# the first block (1.1 to 1.4), then the four of the second (2.1
# to 2.4): a bar is how much the head looked at the character
# below it, to predict the coloured one at the end. The place that
# asks knows its own character; what do heads of the first block
# fetch, whatever the text?
#
# Set `temperature` to 0.1 and to 2 (`#` twice, then the number and
# `enter`), and run again.

# %% [markdown] lang="ko"
# ## 헤드는 어디를 볼까요?
#
# 어떤 글자가 자주 나오는지 먼저 배우고, 단어의 길이, 짧은 단어,
# 이름을 차례로 배웠습니다. 이제 학습에 쓴 부분이 끝난 데서 이어
# 씁니다. 반복 한 번에 글자를 하나 씁니다. `.`로 한 글자씩, 또는
# `-`로 천천히 보세요.
#
# 맨 아랫줄이 글입니다. 그 위에 첫 블록의 헤드 넷(1.1에서 1.4)과
# 둘째 블록의 헤드 넷(2.1에서 2.4)이 있습니다. 막대의 높이는 맨
# 끝의 색이 있는 글자를 예측하려고 막대 아래의 글자를 얼마나
# 보았는지 나타냅니다. 묻는 자리는 자기 글자를 이미 압니다. 첫
# 블록의 헤드들은 글이 무엇이든 늘 어디를 보나요?
#
# `temperature`를 0.1과 2로 바꿔서(`#` 두 번, 숫자와 `enter`) 다시
# 실행해 보세요.

# %% Where its heads look watch="" show="heads"
torch.manual_seed(1)
temperature = 0.7
text = book[len(train_tokens) :][:40]

for _ in range(120):
    text += drawn_after(text, temperature)
print(text)

# %% Eight heads on the text view="every iteration"
width, _ = plt.terminal_size()
room = (width - 5) // (2 if max(characters) >= "\u1100" else 1)
seen = text[-min(room, 48) : -1].replace("\n", " ")
for name, block in zip("12", gpt.blocks):
    for head, weights in enumerate(block.weights[:, -1], 1):
        print(f"{name}.{head} \033[3{head + 1}m{bars(weights[-len(seen) :], seen)}\033[0m")
print(f"    {seen}\033[1;36m{text[-1]}\033[0m")

# %% [markdown] lang="en"
# ## Your turn: a blank page
#
# A head of the first block fetched the character before, another
# the one before that: with its own a place has three in a row,
# and can tell which letter follows "ith". Nobody asked for it.
#
# Teach a model to sort. Five digits, `>`, and the same digits
# from the smallest to the largest: `31415>11345`. The function
# `sequences` makes as many as you like, 11 tokens long.
#
# Write `my_model` and its training. From tokens `[n, k]`, up to
# ten long, it predicts the next at each place: logits
# `[n, k, 11]`. You may use `GPT`, `Writer` and `causal`.
#
# The checks let it write 300 answers of its own: 90% of the
# digits must be right. The drawing shows four of them, once there
# is a model. Before you train: where will an answer look?

# %% [markdown] lang="ko"
# ## 직접 해 보기: 빈 페이지
#
# 첫 블록의 한 헤드는 바로 앞 글자를, 다른 헤드는 그 앞 글자를
# 가져왔습니다. 자기 글자까지 셋이 이어지므로 "ith" 다음에 올 글자를
# 알 수 있습니다. 아무도 시키지 않은 일입니다.
#
# 정렬을 가르쳐 보세요. 숫자 다섯 개와 `>`, 그리고 같은 숫자를 작은
# 것부터 늘어놓은 것이 한 줄입니다. `31415>11345`처럼요. 함수
# `sequences`가 토큰 11개짜리 줄을 원하는 만큼 만들어 줍니다.
#
# `my_model`과 학습 코드를 모두 써 보세요. 길이가 10까지인 토큰
# `[n, k]`를 넣으면 자리마다 다음 토큰을 예측하는 로짓
# `[n, k, 11]`이 나와야 합니다. `GPT`, `Writer`, `causal`을 써도
# 됩니다.
#
# 검사에서는 답 300개를 스스로 쓰게 해서, 숫자의 90%가 맞는지
# 봅니다. 모델이 생기면 그중 넷을 그림으로 볼 수 있습니다. 학습하기
# 전에 생각해 보세요. 답은 어디를 보게 될까요?


# %% A blank page tags=["exercise"]
def sequences(count):
    question = torch.randint(10, (count, 5))
    sign = torch.full((count, 1), 10)
    return torch.hstack([question, sign, question.sort(dim=1).values])


# your model, and the loop that trains it


# %% What your model writes view="every iteration"
@torch.no_grad()
def answers_of(model, tokens):
    """The tokens, [n, 6], and the five that the model appends to each."""
    for _ in range(5):
        likeliest = model(tokens)[:, -1].argmax(dim=-1)
        tokens = torch.hstack([tokens, likeliest[:, None]])
    return tokens


if model_so_far := globals().get("my_model"):
    asked = sequences(4)
    for wanted, given in zip(asked, answers_of(model_so_far, asked[:, :6])):
        is_right = torch.equal(wanted, given)
        print("".join(signs[token] for token in given), "✓" if is_right else "✗")
    # where the first of its attentions looked, for the last of the four
    for part in getattr(model_so_far, "modules", list)():
        if hasattr(part, "weights"):
            print()
            looked = part.weights[-1].reshape(-1, 10, 10).mean(dim=0)
            heat(looked[5:], given[6:].tolist(), [signs[token] for token in given[:10]])
            break
else:
    print("there is no my_model yet")

# %% [markdown] lang="en" tags=["hint"]
# The target of each place is the token one further on. Which
# places of a sequence can be predicted at all?

# %% [markdown] lang="ko" tags=["hint"]
# 자리마다 정답은 한 칸 뒤의 토큰입니다. 한 줄에서 예측할 수 있는
# 자리는 어디어디일까요?

# %% [markdown] lang="en" tags=["hint"]
# One block of width 32 is enough, with Adam at a rate of 0.01 and
# 300 batches of 32 new sequences. Train on what comes after `>`:
# `my_model(sequence[:, :-1])[:, 5:]` against `sequence[:, 6:]`.

# %% [markdown] lang="ko" tags=["hint"]
# 폭 32인 블록 하나면 됩니다. Adam에 학습률 0.01, 새로 만든 줄
# 32개짜리 배치를 300번 쓰세요. `>` 다음만 학습합니다.
# `my_model(sequence[:, :-1])[:, 5:]`와 `sequence[:, 6:]`를
# 비교하세요.

# %% [markdown] lang="en" tags=["hint"]
# `my_model = GPT(11, length=10, width=32, heads=1, blocks=1)`, and in
# the loop `sequence = sequences(32)`, then
# `F.cross_entropy(logits.flatten(0, 1), sequence[:, 6:].flatten())`
# and the three lines that you know

# %% [markdown] lang="ko" tags=["hint"]
# `my_model = GPT(11, length=10, width=32, heads=1, blocks=1)`,
# 반복문에는 `sequence = sequences(32)`,
# `F.cross_entropy(logits.flatten(0, 1), sequence[:, 6:].flatten())`,
# 그리고 늘 쓰던 세 줄


# %% tags=["solution"]
def sequences(count):
    question = torch.randint(10, (count, 5))
    sign = torch.full((count, 1), 10)
    return torch.hstack([question, sign, question.sort(dim=1).values])


torch.manual_seed(0)
my_model = GPT(11, length=10, width=32, heads=1, blocks=1)
optimizer = torch.optim.Adam(my_model.parameters(), lr=0.01)

for iteration in range(1, 301):
    sequence = sequences(32)
    logits = my_model(sequence[:, :-1])[:, 5:]
    loss = F.cross_entropy(logits.flatten(0, 1), sequence[:, 6:].flatten())
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if iteration % 50 == 0:
        print(f"iteration {iteration}: loss {loss.item():.3f}")


# %% tags=["check"]
def sorted_questions(count):
    drawn = torch.randint(10, (count, 5))
    return torch.hstack([drawn, torch.full((count, 1), 10), drawn.sort(dim=1).values])


def written_by(model, line):
    for _ in range(5):
        line = torch.hstack([line, model(line)[:, -1].argmax(dim=-1, keepdim=True)])
    return line[:, 6:]


torch.manual_seed(1)
lines = sorted_questions(300)
is_module = isinstance(my_model, nn.Module)
if is_module:
    my_model.eval()
is_class = isinstance(my_model, type)
with torch.no_grad():
    said = my_model(lines[:, :-1]) if callable(my_model) and not is_class else my_model
kind = f"class {my_model.__name__}" if is_class else type(said).__name__
shape = list(said.shape) if torch.is_tensor(said) else kind
fits = shape == [300, 10, 11]

assert fits, {
    "en": f"from tokens [300, 10] my_model must make logits [300, 10, 11]; yours makes {shape}",
    "ko": f"토큰 [300, 10]을 넣으면 로짓 [300, 10, 11]이 나와야 합니다. 지금은 {shape}입니다",
}
if fits:
    fits = not said.isnan().any()
    assert fits, {
        "en": "my_model must answer numbers; yours answers nan: is the rate too large, or does the"
        " cost take the logarithm of 0?",
        "ko": "my_model은 수를 답해야 합니다. 지금은 nan을 답합니다. 학습률이 너무 크지 않은가요?"
        " cost에서 0의 로그를 구하지는 않나요?",
    }
if fits:
    with torch.no_grad():
        moved = (my_model(lines[:, :8]) - said[:, :8]).abs().max().item()
    fits = moved < 1e-3
    assert fits, {
        "en": "no place may see what comes after it; without the last two tokens your logits"
        f" before them change by {moved:.2f}: where is the mask?",
        "ko": "어느 자리도 자기 뒤를 보면 안 됩니다. 지금은 마지막 토큰 둘을 빼면 그 앞의"
        f" 로짓이 {moved:.2f}만큼 달라집니다. 마스크가 있나요?",
    }
if fits and is_module:
    # what is left of the last batch, beside what a single sequence asks for
    weights = [each for each in my_model.parameters() if each.grad is not None]
    left = sum(each.grad.norm().item() ** 2 for each in weights) ** 0.5
    asked_alone = []
    for line in lines[:32] if weights else ():
        after = my_model(line[None, :-1])[0, 5:]
        cost_of_one = F.cross_entropy(after, line[6:])
        slopes = torch.autograd.grad(cost_of_one, weights, allow_unused=True)
        asked_alone.append(sum(each.norm().item() ** 2 for each in slopes if each is not None))
    usual = (sum(asked_alone) / max(1, len(asked_alone))) ** 0.5
    # what is never emptied is added to in place, and its version counts how often
    added = max([weight.grad._version for weight in weights], default=0)
    assert added < 10 or left <= 2 * usual + 0.1, {
        "en": f"each batch must begin with empty gradients; yours were added to {added} times, and"
        f" are {left:.2g} long: where is zero_grad()?",
        "ko": f"배치마다 기울기를 비우고 시작해야 합니다. 지금은 비우지 않은 채 {added}번 더해져"
        f" 크기가 {left:.2g}입니다. zero_grad()를 불렀나요?",
    }
if fits:
    with torch.no_grad():
        alone = written_by(my_model, lines[:, :6])
    right = (alone == lines[:, 6:]).double().mean().item()
    assert right >= 0.9, {
        "en": f"of the digits that it writes 90% must be right; yours has {right:.1%}: are the"
        " targets one token further on, the gradients emptied, and do 300 new batches pass?",
        "ko": f"스스로 쓴 숫자의 90%가 맞아야 합니다. 지금은 {right:.1%}입니다. 정답은 한 칸 뒤의"
        " 토큰인가요? 기울기를 비우고, 새 배치로 300번쯤 학습했나요?",
    }

# %% [markdown] lang="en"
# ## What you have learnt
#
# - Attention is a soft lookup: query, keys, shares, values.
# - The root keeps softmax awake; the mask keeps it honest.
# - It sees a crowd. Places make a line of it.
# - A GPT is tables, and on them blocks that look and think,
#   trained to say what comes next.
#
# Things to try, here in the steps (`e` writes, `f5` runs):
#
# - Race `places: 0 0.03 0.1 1` where it reverses.
# - Leave out `/ x.shape[-1] ** 0.5` there, with `width=512`.
# - Take away the mask of `causal` and train the GPT: how low
#   does the loss get, and what does it write then?
# - Read Korean poems: write `poems_ko.txt` for `alice.txt`. Which
#   way does the test loss go, and why?

# %% [markdown] lang="ko"
# ## 무엇을 배웠을까요?
#
# - 어텐션은 부드러운 찾기입니다. 쿼리, 키, 비율, 값입니다.
# - 루트로 나누면 소프트맥스의 기울기가 살아 있고, 마스크로 가리면
#   정답을 미리 보지 못합니다.
# - 어텐션은 순서를 보지 못하므로 자리를 알려 줘야 합니다.
# - GPT는 임베딩 표 위에 보고 생각하는 블록을 쌓은 것이고, 다음에
#   올 것을 말하도록 학습합니다.
#
# 지나온 단계로 돌아가서 직접 해 보세요. `e`로 쓰고 `f5`로
# 실행합니다.
#
# - 숫자를 뒤집는 단계에서 `places: 0 0.03 0.1 1`을 경주시켜
#   보세요.
# - 거기서 `/ x.shape[-1] ** 0.5`를 빼고 `width=512`로 학습해
#   보세요.
# - `causal`에서 마스크를 빼고 GPT를 학습해 보세요. loss는 어디까지
#   내려가고, 무엇을 쓸까요?
# - 시를 읽혀 보세요. `alice.txt` 대신 `poems_ko.txt`라고 쓰면
#   김소월과 윤동주의 시 아홉 편입니다. 테스트 loss는 어느 쪽으로
#   가고, 왜 그럴까요?

# %% [markdown] lang="ko" tags=["words"]
# - `How much of each`: 과일별 비율
# - `What each row finds`: 행마다 찾은 것
# - `Who looks at whom`: 누가 누구를 보는가
# - `Where each answer looks`: 답마다 보는 곳
# - `Where answers look now`: 이제 답마다 보는 곳
# - `Where each place looks`: 자리마다 보는 곳
# - `Where places look now`: 이제 자리마다 보는 곳
# - `Where it looks, writing`: 쓸 때 보는 곳
# - `What it looked at`: 보았던 곳
# - `What it writes`: 쓰는 글
# - `Eight heads on the text`: 글을 보는 헤드 여덟 개
# - `What your model writes`: 내 모델이 쓰는 답
# - `lemon {}`: 레몬 {}
# - `orange {}`: 오렌지 {}
# - `banana {}`: 바나나 {}
# - `each row adds up to`: 행마다 더하면
# - `{} of 8 are right`: 8개 중 {}개 맞음
# - `sure: {}`: 확신: {}
# - `iteration {}: loss {}`: 반복 {}: loss {}
# - `there is no my_model yet`: 아직 my_model이 없습니다
